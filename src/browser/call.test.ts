// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { flightOf, lastRow } from '../../test/support/flight-client.ts'
import { type OpenPage, openPage, page, settle, value } from '../../test/support/open-page.ts'
import type { Outcome } from '../wire/outcome.ts'
import { withArity } from '../wire/reference.ts'
import { encodeRefusal } from '../wire/refusal.ts'
import {
  CallRefusedError,
  CallTimeoutError,
  NetworkError,
  StaleFunctionError,
} from './call-errors.ts'
import { createCallServer } from './call.ts'
import { followPop, router } from './navigate.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

const like = withArity('like', 1)

function returned(result: unknown, parts: Parameters<typeof value>[0] = {}) {
  return value({ outcome: { kind: 'value', value: result }, ...parts })
}

function rendered(href: string, text: string, outcome: Outcome = { kind: 'value', value: text }) {
  return page(href, text, { outcome, dropped: [href] })
}

function linesOf({ sent }: OpenPage): string[] {
  return sent.map(({ line }) => line)
}

function plain(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/plain' } })
}

/** An answer whose root is here, and whose last row comes when the function that it adds is called. */
function endless(payload: ReturnType<typeof value>, ends: (() => void)[]): Response {
  const encode = (row: string) => new TextEncoder().encode(row)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encode(flightOf(payload)))
      ends.push(() => {
        controller.enqueue(encode(lastRow))
        controller.close()
      })
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/x-component' } })
}

test('a call is one POST to the page’s own URL, with what the function declares', async () => {
  const { sent, answer, screen } = openPage('/posts?page=2')
  const before = screen()
  const calling = createCallServer('parallel')(like, [7, 'an event'])
  await answer('POST /posts?page=2', returned(8))
  expect(await calling).toBe(8)
  expect(sent).toMatchObject([
    {
      headers: { 'volley-call': like, 'volley-build': 'b1', accept: 'text/x-component' },
      body: '[7]',
    },
  ])
  expect(screen()).toEqual(before)
})

test('what React keeps in a form after hydration does not reach the function', async () => {
  const { sent, answer } = openPage('/posts')
  const fields = new FormData()
  for (const name of ['$ACTION_REF_1', '$ACTION_1:0', 'title']) fields.append(name, name)
  const calling = createCallServer('parallel')(withArity('save', 2), [null, fields])
  await answer('POST /posts', returned(null))
  await calling
  const names = [...(sent[0]!.body as FormData).keys()].map((name) => name.replace(/^_?\d+_/, ''))
  expect(names).toEqual(['title', '0'])
  expect([...fields.keys()].length).toBe(3)
})

test('the caller may change the arguments once the call was made', async () => {
  const { sent, answer } = openPage('/posts')
  const list = [1]
  const calling = createCallServer('parallel')(like, [list])
  list.push(2)
  await answer('POST /posts', returned(null))
  await calling
  expect(sent[0]!.body).toBe('[[1]]')
})

test('the regions of the answer are on the screen when the value arrives', async () => {
  const { answer, screen, href } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [])
  const seen = calling.then(() => screen()['page:/posts'])
  await answer('POST /posts', rendered('/posts', 'liked'))
  expect(await seen).toBe('liked page:/posts')
  expect(href()).toBe('/posts')
})

test('of parallel calls five are in flight; in serial order, one', async () => {
  for (const [order, places] of [
    ['parallel', 5],
    ['serial', 1],
  ] as const) {
    const open = openPage('/posts')
    const call = createCallServer(order)
    const calling = Array.from({ length: 7 }, (_, i) => call(like, [i]))
    await settle()
    expect(open.sent.length).toBe(places)
    for (let i = 0; i < 7; i++) await open.answer('POST /posts', returned(i))
    expect(await Promise.all(calling)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(open.sent.map(({ body }) => body)).toEqual(calling.map((_, i) => `[${i}]`))
  }
})

test('a connection stays taken while an answer streams; a turn ends with the value', async () => {
  for (const [order, places, sentAfter] of [
    ['parallel', 5, 5],
    ['serial', 1, 2],
  ] as const) {
    const { sent, answer } = openPage('/posts')
    const call = createCallServer(order)
    const calling = Array.from({ length: 6 }, (_, i) => call(like, [i]))
    const ends: (() => void)[] = []
    await settle()
    for (let i = 0; i < places; i++) await answer('POST /posts', endless(returned(i), ends))
    expect(await calling[0]).toBe(0)
    expect(sent.length).toBe(sentAfter)
    for (const end of ends) end()
    for (let i = places; i < 6; i++) await answer('POST /posts', returned(i))
    expect(await Promise.all(calling)).toEqual([0, 1, 2, 3, 4, 5])
  }
})

test('a call that fails gives its place to the next', async () => {
  const { answer } = openPage('/posts')
  const call = createCallServer('serial')
  const broken = {
    get title() {
      throw new RangeError('no title')
    },
  }
  const calling = Promise.allSettled([call(like, [1]), call(like, [broken]), call(like, [3])])
  await answer('POST /posts', 'lost')
  await answer('POST /posts', 'lost')
  await answer('POST /posts', returned(3))
  expect(await calling).toMatchObject([
    { reason: { name: 'NetworkError' } },
    { reason: new RangeError('no title') },
    { value: 3 },
  ])
})

test('an older answer never replaces newer UI, and both values arrive', async () => {
  const { sent, answer, screen } = openPage('/posts')
  const call = createCallServer('parallel')
  const [first, second] = [call(like, [1]), call(like, [2])]
  const [older, newer] = [rendered('/posts', 'older'), rendered('/posts', 'newer')]
  await answer('POST /posts', newer)
  await answer('POST /posts', older)
  expect(await Promise.all([first, second])).toEqual(['newer', 'older'])
  expect(screen()).toMatchObject({ 'page:/posts': 'newer page:/posts' })
  expect(sent.length).toBe(2)
})

test('beside a pending call, regions wait for all of their rows but not for that call', async () => {
  const { answer, screen } = openPage('/posts')
  const call = createCallServer('parallel')
  const [quick, slow] = [call(like, ['quick']), call(like, ['slow'])]
  const ends: (() => void)[] = []
  await answer('POST /posts', endless(rendered('/posts', 'quick'), ends))
  expect(screen()).toMatchObject({ 'page:/posts': 'first page:/posts' })
  ends[0]!()
  expect(await quick).toBe('quick')
  expect(screen()).toMatchObject({ 'page:/posts': 'quick page:/posts' })
  await answer('POST /posts', returned('slow'))
  expect(await slow).toBe('slow')
})

test('calls that overlap bring their own regions, and nothing is fetched', async () => {
  const ends: (() => void)[] = []
  const { answer, screen, sent } = openPage('/posts')
  const call = createCallServer('parallel')
  const calls = [call(like, [1]), call(like, [2]), call('slow', [3])]
  await answer('POST /posts', endless(rendered('/posts', 'liked once'), ends))
  await answer('POST /posts', endless(rendered('/posts', 'liked twice'), ends))
  for (const end of ends) {
    end()
    await settle()
  }
  expect(screen()['page:/posts']).toBe('liked twice page:/posts')
  await answer('POST /posts', returned('slow'))
  expect(await Promise.all(calls)).toEqual(['liked once', 'liked twice', 'slow'])
  expect(linesOf({ sent } as OpenPage)).toEqual(['POST /posts', 'POST /posts', 'POST /posts'])
})

test('alone, a call applies its regions before all of their rows are here', async () => {
  const { answer, screen } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [])
  await answer('POST /posts', endless(rendered('/posts', 'liked'), []))
  expect(await calling).toBe('liked')
  expect(screen()).toMatchObject({ 'page:/posts': 'liked page:/posts' })
})

test('an overtaken call settles, and the new page is fetched once if anything was invalidated', async () => {
  const open = openPage('/posts')
  const call = createCallServer('parallel')
  const calling = [call(like, [1]), call(like, [2]), call(like, [3])]
  router.push('/about')
  await open.answer('GET /about', page('/about', 'about'))
  await open.answer('POST /posts', returned('only a value'))
  expect(linesOf(open).filter((line) => line === 'GET /about').length).toBe(1)
  await open.answer('POST /posts', rendered('/posts', 'old page'))
  await open.answer('POST /posts', rendered('/posts', 'old page'))
  expect(open.screen()).toMatchObject({ 'page:/about': 'about page:/about' })
  await open.answer('GET /about', page('/about', 'fresh'))
  expect(await Promise.all(calling)).toEqual(['only a value', 'old page', 'old page'])
  expect(open.screen()).toMatchObject({ 'page:/about': 'fresh page:/about' })
  expect(linesOf(open).filter((line) => line === 'GET /about').length).toBe(2)
})

test('an invalidation forgets the visited pages that it names, and all that was prefetched', async () => {
  const open = openPage('/posts')
  const { key } = history.state as { key: string }
  router.push('/about')
  await open.answer('GET /about', page('/about', 'about'))
  router.prefetch('/next')
  await open.answer('GET /next', page('/next', 'next'))
  const calling = createCallServer('parallel')(like, [])
  await open.answer('POST /about', returned(1, { dropped: ['/posts'] }))
  await calling
  router.push('/next')
  await open.answer('GET /next', page('/next', 'next'))
  history.replaceState({ key }, '', '/posts')
  followPop()
  await open.answer('GET /posts', page('/posts', 'fetched'))
  expect(linesOf(open).slice(3)).toEqual(['GET /next', 'GET /posts'])
})

test('a redirect shows its target from the same answer, and rejects as followed', async () => {
  const open = openPage('/posts/new')
  const { length } = history
  const calling = createCallServer('parallel')(like, [])
  const to = '/posts/7#comments'
  const outcome = { kind: 'redirect', to, history: 'push' } as const
  void open.answer('POST /posts/new', rendered('/posts/7', 'created', outcome))
  await expect(calling).rejects.toMatchObject({
    digest: expect.stringContaining(to),
    followed: true,
  })
  expect([open.href(), history.length, linesOf(open).length]).toEqual([to, length + 1, 1])
  expect(open.screen()).toMatchObject({ 'page:/posts/7': 'created page:/posts/7' })
})

test('a redirect to the page itself adds no entry, and does not scroll (220)', async () => {
  const { answer } = openPage('/posts')
  const { length } = history
  const scroll = vi.spyOn(globalThis, 'scrollTo').mockImplementation(() => {})
  for (const [to, scrolled] of [
    ['/posts', 0],
    ['/posts?page=2', 1],
  ] as const) {
    const calling = createCallServer('parallel')(like, [])
    const outcome = { kind: 'redirect', to, history: 'push' } as const
    void answer('POST /posts', page(to, 'redirected', { outcome }))
    await expect(calling).rejects.toMatchObject({ followed: true })
    expect([scroll.mock.calls.length, history.length - length]).toEqual([scrolled, scrolled])
  }
})

test('a redirect to what is no page of this document is left to the browser', async () => {
  const { answer, documents } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [])
  const outcome = { kind: 'redirect', to: 'https://example.com/', history: 'push' } as const
  void answer('POST /posts', value({ outcome }))
  await expect(calling).rejects.toMatchObject({ followed: true })
  expect(documents).toEqual(['assign https://example.com/'])
})

test('a page that moves on by itself after the call takes its URL along', async () => {
  const open = openPage('/account')
  const calling = createCallServer('parallel')(like, [])
  await open.answer('POST /account', rendered('/sign-in', 'signed out'))
  expect(await calling).toBe('signed out')
  expect([open.href(), linesOf(open).length]).toEqual(['/sign-in', 1])
})

test.for([
  ['not-found', 404],
  ['forbidden', 403],
  ['unauthorized', 401],
] as const)('%s rejects for its boundary', async ([kind, status]) => {
  const { answer } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [])
  void answer('POST /posts', value({ outcome: { kind } }))
  await expect(calling).rejects.toMatchObject({ digest: `NEXT_HTTP_ERROR_FALLBACK;${status}` })
})

test('an error has the digest, and in development what was thrown', async () => {
  const { answer } = openPage('/posts')
  const call = createCallServer('parallel')
  const [masked, shown] = [call(like, []), call(like, [])]
  void answer('POST /posts', value({ outcome: { kind: 'error', error: { digest: 'd1' } } }))
  await expect(masked).rejects.toMatchObject({
    digest: 'd1',
    message: expect.stringContaining('d1'),
  })
  const error = { digest: 'd2', name: 'TypeError', message: 'no title', stack: 'at create' }
  void answer('POST /posts', value({ outcome: { kind: 'error', error } }))
  await expect(shown).rejects.toMatchObject(error)
})

test('a function of another build is stale, and makes the next navigation load a document', async () => {
  const { answer, documents } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [])
  void answer('POST /posts', plain(encodeRefusal('stale'), 404))
  await expect(calling).rejects.toThrow(StaleFunctionError)
  router.push('/about')
  expect(documents).toEqual(['assign /about'])
})

test('the answer of another build brings its value, and no page', async () => {
  const { answer, documents, screen } = openPage('/posts')
  const before = screen()
  const calling = createCallServer('parallel')(like, [])
  await answer('POST /posts', returned(8, { outdated: true, dropped: ['/posts'] }))
  expect(await calling).toBe(8)
  router.push('/about')
  expect([documents, screen()]).toEqual([['assign /about'], before])
})

test('a refusal says why; a deadline and other answers are told apart', async () => {
  const { answer } = openPage('/posts')
  const call = createCallServer('parallel')
  const outcomeOf = async (response: Response | 'lost'): Promise<unknown> => {
    const calling = call(like, []).catch((error: unknown) => error)
    await answer('POST /posts', response)
    return calling
  }
  const refused = await outcomeOf(plain(encodeRefusal('too-large'), 413))
  expect(refused).toBeInstanceOf(CallRefusedError)
  expect(refused).toMatchObject({ code: 'too-large' })
  expect(await outcomeOf(plain('deadline', 504))).toBeInstanceOf(CallTimeoutError)
  expect(await outcomeOf(plain('over capacity', 503))).toEqual(new Error('over capacity'))
  const html = new Response('<h1>', { status: 502, headers: { 'content-type': 'text/html' } })
  expect(await outcomeOf(html)).toMatchObject({ message: expect.stringMatching(/502 text\/html/) })
})

function brokenOff(): Response {
  return new Response('0:{"build"', { headers: { 'content-type': 'text/x-component' } })
}

test.for<[string, () => Response | 'lost']>([
  ['a connection', () => 'lost'],
  ['an answer', brokenOff],
])('%s that is lost is asked for once more, with the same key', async ([, loss]) => {
  const { answer, sent } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [1])
  await answer('POST /posts', loss())
  await answer('POST /posts', returned(2))
  expect(await calling).toBe(2)
  const [first, second] = sent
  expect(first!.headers['volley-key']).toMatch(/^[\w-]{20,64}$/)
  expect(second).toEqual(first)
})

test('lost twice, the caller learns that nobody knows what happened', async () => {
  const { answer, sent } = openPage('/posts')
  const calling = createCallServer('parallel')(like, []).catch((error: unknown) => error)
  await answer('POST /posts', 'lost')
  await answer('POST /posts', brokenOff())
  expect(await calling).toBeInstanceOf(NetworkError)
  expect(sent.length).toBe(2)
})

test('each call has a key of its own', async () => {
  const { answer, sent } = openPage('/posts')
  const call = createCallServer('parallel')
  const calling = [1, 2, 3, 4, 5].map((index) => call(like, [index]))
  for (const index of [1, 2, 3, 4, 5]) await answer('POST /posts', returned(index))
  await Promise.all(calling)
  expect(new Set(sent.map(({ headers }) => headers['volley-key'])).size).toBe(5)
})

test('a redirect by something before the function is followed by the browser', async () => {
  const { answer, documents } = openPage('/posts')
  const calling = createCallServer('parallel')(like, [])
  const html = new Response('<h1>Sign in', { headers: { 'content-type': 'text/html' } })
  Object.defineProperties(html, {
    redirected: { value: true },
    url: { value: `${location.origin}/in` },
  })
  void answer('POST /posts', html)
  await expect(calling).rejects.toMatchObject({ followed: true })
  expect(documents).toEqual(['assign /in'])
})

test('what arguments cannot carry comes back as the very same object', async () => {
  const { answer } = openPage('/posts')
  const element = {
    $$typeof: Symbol.for('react.transitional.element'),
    type: 'p',
    key: null,
    props: {},
  }
  const calling = createCallServer('parallel')(like, [element])
  const body =
    '0:{"build":"b1","stamp":{"instance":"i","counter":1},"outcome":{"kind":"value","value":"$T1:0"}}\n'
  const type = { 'content-type': 'text/x-component' }
  await answer('POST /posts', new Response(body.replace('$T1:0', '$T0:0'), { headers: type }))
  expect(await calling).toBe(element)
})
