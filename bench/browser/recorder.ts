import type { Page, Request as Seen } from 'playwright-core'
import type { Request } from '../load/request.ts'
import type { Target } from '../targets/target.ts'

/**
 * Headers that no server reads for these requests, or that are made anew when they are sent. Without
 * `accept-encoding` nobody compresses.
 */
const left = new RegExp(
  '^(:.*|host|connection|content-length|user-agent|referer|pragma|cache-control|cookie|' +
    'accept-(language|encoding)|upgrade-insecure-requests|sec-ch-.*|sec-fetch-(mode|dest|user))$',
)

type Kind = 'document' | 'fetch'

/** Does something in a page, and gives what Chromium has sent for it, of one kind. */
export async function requestsOf(
  page: Page,
  { onceOf }: Pick<Target, 'onceOf'>,
  { kind, act }: { kind: Kind; act: () => Promise<unknown> },
): Promise<Request[]> {
  const seen: Seen[] = []
  const note = (request: Seen) => seen.push(request)
  page.on('request', note)
  await act()
  await page.waitForLoadState('networkidle')
  page.off('request', note)
  const wanted = seen.filter((request) => request.resourceType() === kind)
  return Promise.all(wanted.map((request) => toRequest(request, onceOf)))
}

async function toRequest(seen: Seen, onceOf: Target['onceOf']): Promise<Request> {
  const { pathname, search } = new URL(seen.url())
  const headers = Object.entries(await seen.allHeaders()).filter(([name]) => !left.test(name))
  const body = seen.postDataBuffer()?.toString('base64')
  const request: Request = {
    method: seen.method(),
    path: pathname + search,
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body }),
  }
  const once = onceOf?.(request)
  return once === undefined ? request : { ...request, once }
}
