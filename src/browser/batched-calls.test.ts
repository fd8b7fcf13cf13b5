// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { flightOf, lastRow } from '../../test/support/flight-client.ts'
import { openPage, page, settle, value } from '../../test/support/open-page.ts'
import { encodeFrame, encodeRefused, type Frame } from '../wire/batch-answer.ts'
import type { Outcome } from '../wire/outcome.ts'
import { withArity } from '../wire/reference.ts'
import { encodeRefusal } from '../wire/refusal.ts'
import { createBatchedExchange } from './batched-calls.ts'
import { CallRefusedError, NetworkError, StaleFunctionError } from './call-errors.ts'
import { createCallServer } from './call.ts'
import { router } from './navigate.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

const like = withArity('like', 1)

type Parts = Parameters<typeof flightOf>[0]

function returned(result: unknown, parts: Parts = {}) {
  return value({ outcome: { kind: 'value', value: result }, ...parts })
}

function rendered(href: string, text: string, outcome: Outcome = { kind: 'value', value: text }) {
  return page(href, text, { outcome, dropped: [href] })
}

function batchedCalls() {
  return createCallServer(createBatchedExchange())
}

/** The answer to a batch, which a test sends frame by frame. */
function batchAnswer() {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({ start: (made) => void (controller = made) })
  const frame = (index: number, kind: Frame['kind'], text: string | Uint8Array = '') => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
    controller.enqueue(encodeFrame({ index, kind, bytes }))
  }
  return {
    response: new Response(body, { headers: { 'content-type': 'text/x-volley-batch' } }),
    frame,
    /** The whole answer to one call. */
    answer(index: number, payload: Parts) {
      frame(index, 'rows', flightOf(payload) + lastRow)
      frame(index, 'end')
    },
    refuse: (index: number, status: number, text: string) =>
      frame(index, 'refusal', encodeRefused({ status, text })),
    close: () => controller.close(),
    breakOff: () => controller.error(new TypeError('network error')),
  }
}

test('calls of one tick are one POST, with a key for each', async () => {
  const { sent, answer } = openPage('/posts?page=2')
  const call = batchedCalls()
  const calling = [call(like, [7, 'an event']), Promise.resolve().then(() => call('all_', [1, 2]))]
  const { response, ...batch } = batchAnswer()
  await answer('POST /posts?page=2', response)
  batch.answer(1, returned('second'))
  batch.answer(0, returned('first'))
  batch.close()
  expect(await Promise.all(calling)).toEqual(['first', 'second'])
  expect(sent).toMatchObject([
    { headers: { 'volley-call': `${like},all_`, 'volley-build': 'b1' }, body: '[7]\n[1,2]' },
  ])
  const keys = sent[0]!.headers['volley-key']!.split(',')
  expect(new Set(keys).size).toBe(2)
  for (const key of keys) expect(key).toMatch(/^[\w-]{20,64}$/)
})

test('a tick goes on while settled promises bring further calls, and no further', async () => {
  const { sent } = openPage('/posts')
  const call = batchedCalls()
  const callAfter = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    void call(like, [turns])
  }
  await Promise.all([callAfter(0), callAfter(6), callAfter(12)])
  setTimeout(() => void call(like, ['in the next task']))
  await settle()
  expect(sent.map(({ body }) => body)).toEqual(['[0]\n[6]\n[12]', '["in the next task"]'])
})

test('a call that is alone in its tick is sent as ever', async () => {
  const { sent, answer } = openPage('/posts')
  const call = batchedCalls()
  for (const index of [1, 2]) {
    const calling = call(like, [index])
    await answer('POST /posts', returned(index))
    expect(await calling).toBe(index)
  }
  expect(sent.map(({ body }) => body)).toEqual(['[1]', '[2]'])
  expect(sent[0]!.headers['volley-call']).toBe(like)
})

test('what is no text goes by itself, and keeps nobody waiting', async () => {
  const { sent, answer } = openPage('/posts')
  const call = batchedCalls()
  const late = Promise.withResolvers<number>()
  const fields = new FormData()
  fields.append('title', 'a')
  const calling = [
    call(like, [1]),
    call(like, [fields]),
    call(like, [late.promise]),
    call('app/a,b.ts#like1', [3]),
    call(like, [4]),
  ]
  await settle()
  const bodies = () => sent.map(({ body }) => (typeof body === 'string' ? body : 'form'))
  expect(bodies().toSorted()).toEqual(['[1]\n[4]', '[3]', 'form'])
  late.resolve(2)
  await settle()
  expect(bodies()).toHaveLength(4)
  const batch = batchAnswer()
  for (const { body } of sent) {
    await answer('POST /posts', body === '[1]\n[4]' ? batch.response : returned('alone'))
  }
  batch.answer(0, returned('first'))
  batch.answer(1, returned('last'))
  batch.close()
  expect(await Promise.all(calling)).toEqual(['first', 'alone', 'alone', 'alone', 'last'])
})

test('arguments that cannot be sent fail their own call', async () => {
  const { answer } = openPage('/posts')
  const call = batchedCalls()
  const broken = {
    get title() {
      throw new RangeError('no title')
    },
  }
  const calling = Promise.allSettled([call(like, [1]), call(like, [broken]), call(like, [3])])
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.answer(0, returned(1))
  batch.answer(1, returned(3))
  batch.close()
  expect(await calling).toMatchObject([
    { value: 1 },
    { reason: new RangeError('no title') },
    { value: 3 },
  ])
})

test('each value is there when it arrives', async () => {
  const { answer } = openPage('/posts')
  const call = batchedCalls()
  const calling = [call(like, ['slow']), call(like, ['quick'])]
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.answer(1, returned('quick'))
  expect(await calling[1]).toBe('quick')
  batch.answer(0, returned('slow'))
  expect(await calling[0]).toBe('slow')
})

test('a refused call harms no other', async () => {
  const { answer, documents } = openPage('/posts')
  const call = batchedCalls()
  const calling = Promise.allSettled([call(like, [1]), call(like, [2]), call(like, [3])])
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.refuse(0, 404, encodeRefusal('stale'))
  batch.refuse(1, 413, encodeRefusal('too-large'))
  batch.answer(2, returned(3))
  batch.close()
  const [stale, large, fine] = await calling
  expect(stale).toMatchObject({ reason: expect.any(StaleFunctionError) })
  expect(large).toMatchObject({ reason: { name: 'CallRefusedError', code: 'too-large' } })
  expect(fine).toMatchObject({ value: 3 })
  router.push('/about')
  expect(documents).toEqual(['assign /about'])
})

test('the page is shown once, and who waits for it settles after it', async () => {
  const { answer, screen, sent } = openPage('/posts')
  const call = batchedCalls()
  const seen: unknown[] = []
  const calling = [1, 2].map((index) =>
    call(like, [index]).then((result) => seen.push([result, screen()['page:/posts']])),
  )
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.frame(0, 'with', Uint8Array.of(1))
  batch.answer(0, returned('first', { dropped: ['/posts'] }))
  await settle()
  expect(seen).toEqual([])
  batch.answer(1, rendered('/posts', 'second'))
  batch.close()
  await Promise.all(calling)
  expect(seen).toHaveLength(2)
  expect(seen).toContainEqual(['first', 'second page:/posts'])
  expect(seen).toContainEqual(['second', 'second page:/posts'])
  expect(sent).toHaveLength(1)
})

test('of several redirects one is followed, and each call rejects with its own', async () => {
  const { answer, href } = openPage('/posts')
  const call = batchedCalls()
  const calling = Promise.allSettled([call(like, [1]), call(like, [2])])
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  const to = (target: string) => ({ kind: 'redirect', to: target, history: 'push' }) as const
  batch.frame(0, 'with', Uint8Array.of(1))
  batch.answer(0, value({ outcome: to('/first') }))
  batch.answer(1, rendered('/second', 'second', to('/second')))
  batch.close()
  expect(await calling).toMatchObject([
    { reason: { digest: expect.stringContaining('/first'), followed: true } },
    { reason: { digest: expect.stringContaining('/second'), followed: true } },
  ])
  expect(href()).toBe('/second')
})

test('what comes behind a ticket counts when its cookies are here', async () => {
  const { answer, sent } = openPage('/posts')
  const call = batchedCalls()
  const settled: unknown[] = []
  const calling = [1, 2].map((index) => call(like, [index]).then((got) => settled.push(got)))
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.answer(0, returned('before'))
  batch.frame(1, 'ticket', 'sealed')
  batch.answer(1, rendered('/posts', 'behind'))
  batch.close()
  await settle()
  expect(settled).toEqual(['before'])
  expect(sent[1]).toMatchObject({
    line: 'POST /posts',
    headers: { 'volley-ticket': '1' },
    body: 'sealed',
  })
  await answer('POST /posts', new Response(null, { status: 204 }))
  await Promise.all(calling)
  expect(settled).toEqual(['before', 'behind'])
})

test('where a ticket is refused, the calls behind it reject, and are not sent again', async () => {
  const { answer, sent } = openPage('/posts')
  const call = batchedCalls()
  const calling = Promise.allSettled([call(like, [1]), call(like, [2])])
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.answer(0, returned('before'))
  batch.frame(1, 'ticket', 'sealed')
  batch.answer(1, rendered('/posts', 'behind'))
  batch.close()
  await answer('POST /posts', new Response(encodeRefusal('stale'), { status: 404 }))
  expect(await calling).toMatchObject([{ value: 'before' }, { reason: { name: 'NetworkError' } }])
  expect(sent).toHaveLength(2)
})

test('calls that got no answer are each sent once more, with their keys', async () => {
  const { answer, sent } = openPage('/posts')
  const call = batchedCalls()
  const calling = [1, 2].map((index) => call(like, [index]))
  await answer('POST /posts', 'lost')
  for (let i = 0; i < 2; i++) await answer('POST /posts', returned('again'))
  expect(await Promise.all(calling)).toEqual(['again', 'again'])
  const keys = sent[0]!.headers['volley-key']!.split(',')
  const again = sent.slice(1).map(({ body, headers }) => `${String(body)} ${headers['volley-key']}`)
  expect(again.toSorted()).toEqual([`[1] ${keys[0]}`, `[2] ${keys[1]}`])
})

test('calls that a connection left without an answer that had begun reject, and are not sent again', async () => {
  const { answer, sent } = openPage('/posts')
  const call = batchedCalls()
  const calling = Promise.allSettled([1, 2, 3, 4, 5].map((index) => call(like, [index])))
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.answer(1, returned('answered'))
  batch.frame(2, 'with', Uint8Array.of(3))
  batch.answer(2, returned('without its page'))
  batch.frame(3, 'rows', '0:{"build"')
  // The end of what has not begun.
  batch.frame(4, 'end', '')
  await settle()
  batch.breakOff()
  const settled = await calling
  expect(settled[1]).toEqual({ status: 'fulfilled', value: 'answered' })
  for (const index of [0, 2, 3, 4]) {
    expect(settled[index]).toMatchObject({ reason: { name: 'NetworkError' } })
  }
  expect(sent).toHaveLength(1)
})

test('a batch that gets no answer at all ends in NetworkErrors', async () => {
  const { answer } = openPage('/posts')
  const call = batchedCalls()
  const calling = Promise.allSettled([call(like, [1]), call(like, [2])])
  for (let i = 0; i < 5; i++) await answer('POST /posts', 'lost')
  for (const { reason } of (await calling) as PromiseRejectedResult[]) {
    expect(reason).toBeInstanceOf(NetworkError)
  }
})

test('an answer that ends before all calls are answered is a lost one', async () => {
  const { answer } = openPage('/posts')
  const call = batchedCalls()
  const calling = Promise.allSettled([call(like, [1]), call(like, [2])])
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  batch.answer(0, returned('answered'))
  batch.frame(1, 'broken')
  expect(await calling).toMatchObject([{ value: 'answered' }, { reason: { name: 'NetworkError' } }])
})

test('what is no answer to a batch is one for each of its calls', async () => {
  const { answer } = openPage('/posts')
  const call = batchedCalls()
  const outcomesOf = async (response: Response | Parts): Promise<unknown[]> => {
    const calling = Promise.allSettled([call(like, [1]), call(like, [2])])
    await answer('POST /posts', response)
    return (await calling).map((result) => Reflect.get(result, 'reason') as unknown)
  }
  const text = { 'content-type': 'text/plain' }
  const busy = new Response(encodeRefusal('overloaded'), { status: 503, headers: text })
  const refused = await outcomesOf(busy)
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(CallRefusedError)
    expect(reason).toMatchObject({ code: 'overloaded' })
  }
  const html = new Response('<h1>', { status: 502, headers: { 'content-type': 'text/html' } })
  expect(await outcomesOf(html)).toMatchObject([
    { message: expect.stringMatching(/502 text\/html/) },
    { message: expect.stringMatching(/502 text\/html/) },
  ])
})

test('a redirect by middleware is followed once, and rejects every call', async () => {
  const { answer, href, sent } = openPage('/posts')
  const { length } = history
  const call = batchedCalls()
  const calling = Promise.allSettled([call(like, [1]), call(like, [2])])
  const outcome = { kind: 'redirect', to: '/sign-in', history: 'push' } as const
  await answer('POST /posts', rendered('/sign-in', 'sign in', outcome))
  for (const result of await calling) expect(result).toMatchObject({ reason: { followed: true } })
  expect([href(), history.length - length, sent.length]).toEqual(['/sign-in', 1, 1])
})

test('five POSTs are in flight, whatever is in them', async () => {
  const { sent, answer } = openPage('/posts')
  const call = batchedCalls()
  const calling: Promise<unknown>[] = []
  for (let i = 0; i < 7; i++) {
    calling.push(call(like, [i]), call(like, [i]))
    await settle()
  }
  expect(sent).toHaveLength(5)
  for (let i = 0; i < 7; i++) {
    const batch = batchAnswer()
    await answer('POST /posts', batch.response)
    batch.answer(0, returned(i))
    batch.answer(1, returned(i))
    batch.close()
  }
  expect(await Promise.all(calling)).toHaveLength(14)
})

test('more calls than go together go in several POSTs', async () => {
  const { sent, answer } = openPage('/posts')
  const call = batchedCalls()
  const calling = Array.from({ length: 33 }, (_, index) => call(like, [index]))
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  for (let i = 0; i < 32; i++) batch.answer(i, returned(i))
  batch.close()
  await answer('POST /posts', returned(32))
  expect(await Promise.all(calling)).toEqual(calling.map((_, index) => index))
  expect(sent.map(({ headers }) => headers['volley-call']!.split(',').length)).toEqual([32, 1])
})

test('the answer of another build brings its values, and no page', async () => {
  const { answer, documents, screen } = openPage('/posts')
  const before = screen()
  const call = batchedCalls()
  const calling = [call(like, [1]), call(like, [2])]
  const batch = batchAnswer()
  await answer('POST /posts', batch.response)
  for (const index of [0, 1]) batch.answer(index, returned(index, { outdated: true }))
  batch.close()
  expect(await Promise.all(calling)).toEqual([0, 1])
  router.push('/about')
  expect([documents, screen()]).toEqual([['assign /about'], before])
})
