import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  createFromNodeStream,
  createFromReadableStream,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { registerClientReference } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { withoutFreshTag } from './client-manifest.ts'
import { loadKnownFunctions, serverManifest } from './function-table.ts'
import { moduleEntry, provideModules } from './modules.ts'
import { renderFlight } from './render.ts'

/** Values that only Flight can carry (promises, elements, cycles): its bytes, one character each. */
export async function flightText(values: unknown[], temporaryReferences?: object): Promise<string> {
  let failure: unknown = null
  const stream = renderFlight(values, {
    onError: (error) => {
      failure ??= error
      return ''
    },
    temporaryReferences,
  })
  const flight = await buffer(stream.pipe(new PassThrough()))
  if (failure !== null) throw failure
  return flight.toString('latin1')
}

/**
 * The counterpart of `flightText`. Client components come back as references to them.
 * `temporaryReferences` holds what stands for itself in the text.
 */
export async function valuesFromFlight(
  flight: string,
  temporaryReferences?: object,
): Promise<unknown[]> {
  await loadKnownFunctions(
    [...flight.matchAll(/\{"id":"([^"\\]{1,128})"/g)].map(([, id = '']) => id),
  )
  const bytes = Buffer.from(flight, 'latin1')
  const model: unknown = temporaryReferences
    ? await createFromReadableStream(new Blob([bytes]).stream(), {
        serverConsumerManifest: manifest,
        temporaryReferences,
      })
    : await createFromNodeStream(Readable.from([bytes]), manifest)
  return Array.isArray(model) ? model : []
}

const manifest = {
  moduleMap: lookUp((id) => lookUp((name) => moduleEntry('client', `${id}#${name}`))),
  serverModuleMap: serverManifest,
}

provideModules('client', (reference) => {
  const end = reference.lastIndexOf('#')
  const unavailable = (): never => {
    throw new Error(`${reference} is a client component: a server function can only return it`)
  }
  const module = withoutFreshTag(reference.slice(0, end))
  return registerClientReference(unavailable, module, reference.slice(end + 1))
})

function lookUp(entry: (key: string) => object): object {
  return new Proxy({}, { get: (_target, key) => (typeof key === 'string' ? entry(key) : null) })
}
