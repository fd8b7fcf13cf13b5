import { buildHeader, encodeMounted, mountedHeader } from '../wire/header.ts'
import { payloadHref } from '../wire/payload-path.ts'
import { type Answer, type Decode, isPayload, readAnswer, tick } from './answer.ts'

export type PageRequest = {
  /** Layouts that the answer may leave out. */
  mounted: string[]
  priority?: RequestPriority
  signal?: AbortSignal
}

/** Fetches the payload of a page. Rejects where there is none to be had. */
export type FetchPage = (href: string, request: PageRequest) => Promise<Answer>

type FetchPageParts = { build: string; fetch: typeof fetch; decode: Decode }

export function createFetchPage({ build, fetch, decode }: FetchPageParts): FetchPage {
  return async (href, { mounted, ...init }) => {
    const headers: Record<string, string> = { [buildHeader]: build }
    if (mounted.length > 0) headers[mountedHeader] = encodeMounted(mounted)
    const sentAt = tick()
    const response = await fetch(payloadHref(href), { ...init, headers })
    if (!isPayload(response)) throw new TypeError(`No payload at ${payloadHref(href)}`)
    return readAnswer(response, sentAt, decode)
  }
}
