import { findContext } from '../context/request-context.ts'
import type { MetadataMatch } from '../routes/match-metadata.ts'
import { isImage, type MetadataFile } from '../routes/metadata-file.ts'
import { readImageVariants } from './image-variants.ts'
import type { Manifest, Robots, Sitemap } from './metadata-route.ts'
import { robotsText } from './robots-text.ts'
import { sitemapXml } from './sitemap-xml.ts'

type Module = Record<string, unknown>
type Context = { params: Promise<unknown> }
type Make = (props: object) => unknown

/** The code of a metadata file as a route handler: what a `route` file would export. */
export function metadataHandler({ file, id }: MetadataMatch, module: Module): Module {
  const answer = isImage(file.kind) ? answerImage : answerText
  const GET = async (_: Request, context: Context): Promise<Response> => {
    const response = await answer({ file, id, module, params: context.params })
    const readsRequest = findContext()?.dependencies.readsRequest
    if (readsRequest === null && !response.headers.has('cache-control')) {
      response.headers.set('cache-control', 'public, max-age=0, must-revalidate')
    }
    return response
  }
  return { GET }
}

type Asked = MetadataMatch & { module: Module; params: Promise<unknown> }

async function answerImage({ file, id, module, params }: Asked): Promise<Response> {
  const variants = await readImageVariants(module, { params, file: file.path })
  const variant = variants.find((one) => one.id === id)
  if (!variant) return notFound()
  const props = { params, ...(id === null ? {} : { id: Promise.resolve(id) }) }
  const made = await makerOf(module, file)(props)
  if (made instanceof Response) return made
  assertBody(made, file)
  const type = made instanceof Blob && made.type !== '' ? made.type : variant.contentType
  return new Response(made, { headers: { 'content-type': type } })
}

type Body = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream<Uint8Array>

function assertBody(made: unknown, { path }: MetadataFile): asserts made is Body {
  const isBody =
    made instanceof Blob ||
    made instanceof ArrayBuffer ||
    made instanceof ReadableStream ||
    ArrayBuffer.isView(made)
  if (isBody) return
  throw new TypeError(
    `app/${path} must return an image as a Response, a Blob, bytes or a stream, but returned ${typeof made}.`,
  )
}

async function answerText({ file, id, module }: Asked): Promise<Response> {
  const props = await textProps(module, id)
  if (!props) return notFound()
  const data = await makerOf(module, file)(props)
  const { type, print } = texts[file.kind as keyof typeof texts]
  return new Response(print(data as never), { headers: { 'content-type': type } })
}

const texts = {
  robots: { type: 'text/plain', print: (data: Robots) => robotsText(data) },
  sitemap: { type: 'application/xml', print: (data: Sitemap) => sitemapXml(data) },
  manifest: {
    type: 'application/manifest+json',
    print: (data: Manifest) => JSON.stringify(data),
  },
}

/** `null` for a sitemap that there is not. */
async function textProps(module: Module, id: string | null): Promise<object | null> {
  const generate = module['generateSitemaps']
  if (typeof generate !== 'function') return id === null ? {} : null
  const sitemaps = (await generate()) as { id: unknown }[]
  const isKnown = id !== null && sitemaps.some((sitemap) => String(sitemap.id) === id)
  return isKnown ? { id: Promise.resolve(id) } : null
}

function makerOf(module: Module, { path }: MetadataFile): Make {
  const make = module['default']
  if (typeof make === 'function') return make as Make
  throw new TypeError(
    `app/${path} must export by default the function that makes it, but its default export is ${make === undefined ? 'missing' : typeof make}.`,
  )
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
