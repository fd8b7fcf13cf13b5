import { setTimeout } from 'node:timers/promises'
import type { Page, Request as Seen } from 'playwright-core'
import type { Request } from '../load/request.ts'
import type { Target } from '../targets/target.ts'

/** Gives what Chromium has sent, of one kind, while something was done in its page. */
export type Recorder = (
  kind: 'document' | 'fetch',
  act: () => Promise<unknown>,
) => Promise<Request[]>

/**
 * Headers that no server reads for these requests, or that are made anew when they are sent. Without
 * `accept-encoding` nobody compresses.
 */
const left = new RegExp(
  '^(:.*|host|connection|content-length|user-agent|referer|pragma|cache-control|cookie|' +
    'accept-(language|encoding)|upgrade-insecure-requests|sec-ch-.*|sec-fetch-(mode|dest|user))$',
)

export function createRecorder(page: Page, { onceOf }: Pick<Target, 'onceOf'>): Recorder {
  const untilQuiet = watchTraffic(page)
  return async (kind, act) => {
    const seen: Seen[] = []
    const note = (request: Seen) => seen.push(request)
    // What an earlier click has begun is not to be taken for what this one does.
    await untilQuiet()
    page.on('request', note)
    await act()
    await untilQuiet()
    page.off('request', note)
    const wanted = seen.filter((request) => request.resourceType() === kind)
    return Promise.all(wanted.map((request) => toRequest(request, onceOf)))
  }
}

/** In milliseconds. Some servers keep a request open in development. */
const times = { quiet: 200, most: 5000 }

function watchTraffic(page: Page): () => Promise<void> {
  const open = new Set<Seen>()
  let last = performance.now()
  const end = (request: Seen) => {
    open.delete(request)
    last = performance.now()
  }
  page.on('request', (request) => open.add(request))
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  return async () => {
    const isQuiet = () => open.size === 0 && performance.now() - last > times.quiet
    const deadline = performance.now() + times.most
    while (!isQuiet() && performance.now() < deadline) await setTimeout(20)
  }
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
