import { decodeFlight } from '../flight/browser.ts'
import {
  buildHeader,
  encodeMounted,
  mountedHeader,
  payloadType,
  slotsHeader,
} from '../wire/header.ts'
import { payloadHref, payloadHrefBelow } from '../wire/payload-path.ts'
import { type Answer, answerOf } from './answer.ts'
import { tick } from './clock.ts'
import { build, latest, markOutdated } from './page.ts'
import { idsOf } from './page-state.ts'

/** With `pages`, a page is fetched with all that it shows of these, and else what is shown is gone on from. */
type PageInit = Omit<RequestInit, 'headers'> & {
  pages?: string | undefined
  headers?: Record<string, string>
}

/** Asks the server of this page. What is no payload is given as the response that it is. */
export async function request(
  href: string,
  init: PageInit & { headers: Record<string, string> },
  references?: object,
): Promise<Answer | Response> {
  const sentAt = tick()
  const { pages = latest.route.pages, headers: own } = init
  const slots = pages && { [slotsHeader]: pages }
  const headers = { accept: payloadType, [buildHeader]: build, ...slots, ...own }
  const response = await fetch(href, { ...init, headers })
  if (!response.headers.get('content-type')?.startsWith(payloadType)) return response
  const payload = await decodeFlight<Answer['payload']>(response.body as ReadableStream, references)
  if (payload.outdated) markOutdated()
  return answerOf(payload, sentAt)
}

/** Fetches a page. Rejects where there is no payload. */
export async function fetchPage(href: string, init: PageInit): Promise<Answer> {
  const isMounted = (id: string) => init.pages == null && id.startsWith('layout:')
  const mounted = encodeMounted(idsOf(latest.route).filter(isMounted))
  const headers = { [mountedHeader]: mounted, ...init.headers }
  const target = import.meta.env.VOLLEY_BASE_PATH
    ? payloadHrefBelow(import.meta.env.VOLLEY_BASE_PATH, href)
    : payloadHref(href)
  const answer = await request(target, { ...init, headers })
  // Nobody reads the message: the browser itself shows what there is.
  if (answer instanceof Response) throw new TypeError(href)
  return answer
}
