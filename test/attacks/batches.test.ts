import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { effectsOf, expectAlive } from '../support/attack.ts'
import { type Parts, readParts } from '../support/batch-parts.ts'
import { configuredApp } from '../support/configured-app.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { functionIds } from '../support/function-ids.ts'
import { holdRequest } from '../support/held-request.ts'
import { type RawAnswer, rawRequest, requestText } from '../support/raw-request.ts'

let app: App
let ids: Record<string, string>
beforeAll(async () => {
  const limits = "functions: { 'app/actions.ts#echo': { bodySizeLimit: 100 } }"
  app = await configuredApp('attack-app', 'start', `{ calls: 'batched', server: { ${limits} } }`)
  ids = await functionIds(app.root)
})
afterAll(async () => void (await app.stop()))

type Batch = { ids: string[]; bodies?: string[]; headers?: Record<string, string> }
type Answer = RawAnswer & Parts & { cookies: string[] }

/** A batch with as many bodies as its test wants, `[]` for each call if it does not say. */
async function sendBatch({
  ids: named,
  bodies = named.map(() => '[]'),
  headers,
}: Batch): Promise<Answer> {
  const own = { 'volley-call': named.join(), 'content-type': 'text/plain', ...headers }
  const answer = await app.fetch('/', { method: 'POST', headers: own, body: bodies.join('\n') })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}`.toLowerCase())
  const isBatch = answer.headers.get('content-type') === 'text/x-volley-batch'
  return {
    status: answer.status,
    headers: lines.join('\r\n'),
    body: bytes.toString('latin1'),
    cookies: answer.headers.getSetCookie(),
    ...readParts(isBatch ? bytes : Buffer.alloc(0), named.length),
  }
}

function refusalsOf({ parts }: Parts): (string | null)[] {
  return parts.map(({ refusal }) => refusal && `${refusal.status} ${refusal.text}`)
}

/** What refuses a batch as a whole has no effect, and the app goes on. */
async function expectWholeRefusal(batch: Batch, status: number, code: string): Promise<void> {
  const before = await effectsOf(app)
  const answer = await sendBatch(batch)
  expectRefusal(answer, status, code)
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
}

test.for<[string, string[]]>([
  ['no body', []],
  ['one body', ['[]']],
  ['a body more', ['[]', '[]', '[]']],
  ['a line break at the end', ['[]', '[]', '']],
  ['a body of two lines', ['[1,', '2]', '[]']],
  ['very many bodies', Array(40_000).fill('[]')],
])('8: a batch of two calls with %s runs nothing', async ([, bodies]) => {
  await expectWholeRefusal({ ids: [ids['take']!, ids['take']!], bodies }, 400, 'bad-request')
})

test('8: thirty-two calls run, and of thirty-three none', async () => {
  const before = await effectsOf(app)
  const answer = await sendBatch({ ids: Array(32).fill(ids['take']) })
  expect(answer.order).toHaveLength(32)
  expect(await effectsOf(app)).toBe(before + 32)
  await expectWholeRefusal({ ids: Array(33).fill(ids['take']) }, 400, 'bad-request')
  await expectWholeRefusal({ ids: Array(5_000).fill('') }, 400, 'bad-request')
})

test('8: more than a batch may have is refused by its length, and as it comes', async () => {
  const bodies = ['[]', `["${'a'.repeat(1024 * 1024)}"]`]
  await expectWholeRefusal({ ids: [ids['take']!, ids['take']!], bodies }, 413, 'too-large')
  const before = await effectsOf(app)
  const head = headOf([`volley-call: ${ids['take']},${ids['take']}`, 'transfer-encoding: chunked'])
  const chunk = `${(0x10000).toString(16)}\r\n${'a'.repeat(0x10000)}\r\n`
  const request = holdRequest(app.port, head + chunk.repeat(17))
  const answer = await request.answered
  request.close()
  expectRefusal(answer, 413, 'too-large')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
})

test('8: a length that lies runs nothing', async () => {
  const before = await effectsOf(app)
  const lines = [
    `host: localhost`,
    `volley-call: ${ids['take']},${ids['take']}`,
    'content-type: text/plain',
  ]
  const short = requestText('POST /', lines, '[]\n[]').replace(
    'content-length: 5',
    'content-length: 2',
  )
  expectRefusal(await rawRequest(app.port, [short]), 400, 'bad-request')
  const long = requestText('POST /', lines, '[]\n[]').replace(
    'content-length: 5',
    'content-length: 9',
  )
  const request = holdRequest(app.port, long)
  await expectAlive(app)
  expect(request.isAnswered()).toBe(false)
  request.answered.catch(() => undefined)
  request.close()
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('8: one call that is too large harms no other', async () => {
  const before = await effectsOf(app)
  const bodies = ['[1]', `["${'a'.repeat(100)}"]`, '[2]']
  const answer = await sendBatch({ ids: [ids['take']!, ids['echo']!, ids['take']!], bodies })
  expect(refusalsOf(answer)).toEqual([null, '413 volley: too-large', null])
  expect(await effectsOf(app)).toBe(before + 2)
  await expectAlive(app, [answer.body])
})

/** What a list may hold beside an id, none of which is one. */
const forged = [
  'constructor',
  '__proto__',
  'toString',
  '',
  ' ',
  '*',
  '%00',
  '$$id',
  'a'.repeat(129),
]

test('4: of a list only the exact ids run', async () => {
  const take = ids['take']!
  const aliases = [
    ` ${take}`,
    `${take} `,
    `"${take}"`,
    `${take}#bind`,
    take.slice(0, -1),
    take + take,
  ]
  for (const wrong of [...forged, ...aliases]) {
    const before = await effectsOf(app)
    const answer = await sendBatch({ ids: ['gone', wrong, take] })
    // Spaces at the ends of a header are none of its value.
    expect(refusalsOf(answer)).toEqual(['404 volley: stale', '404 volley: stale', null])
    expect(await effectsOf(app)).toBe(before + 1)
  }
  await expectWholeRefusal({ ids: forged }, 404, 'stale')
})

test('4: two headers are the list that HTTP makes of them', async () => {
  const before = await effectsOf(app)
  const header = `volley-call: ${ids['take']}`
  const lines = ['host: localhost', header, header, 'content-type: text/plain']
  const answer = await rawRequest(app.port, [requestText('POST /', lines, '[]')])
  expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
})

test('13: arguments that are no reply are refused for their own call', async () => {
  const before = await effectsOf(app)
  const wrong = ['{}', '"$F1"', '[', '', 'null', '[{"__proto__":1}]']
  const answer = await sendBatch({ ids: Array(7).fill(ids['take']), bodies: [...wrong, '[]'] })
  expect(refusalsOf(answer)).toEqual([...wrong.map(() => '400 volley: bad-request'), null])
  expect(await effectsOf(app)).toBe(before + 1)
  await expectAlive(app, [answer.body])
})

const known = (): string => `volley-call: ${ids['take']},${ids['remove']}`

test.for<[string, string[], number, string]>([
  ['another site', ['sec-fetch-site: cross-site'], 403, 'cross-site'],
  ['another origin', ['origin: https://evil.example'], 403, 'cross-site'],
  ['no origin', ['origin: null'], 403, 'cross-site'],
])('5: a batch from %s is refused before a byte of its body', async ([, lines, status, code]) => {
  await expectEarlyRefusal([known(), ...lines], status, code)
})

test.for<[string, string[], number, string]>([
  ['functions that are all unknown', ['volley-call: gone,lost'], 404, 'stale'],
  [
    'the type of a form',
    ['content-type: multipart/form-data; boundary=b'],
    415,
    'unsupported-type',
  ],
  ['a compressed body', ['content-encoding: gzip'], 415, 'unsupported-type'],
  ['fewer keys than calls', ['volley-key: a'], 400, 'bad-request'],
])('6: a batch with %s is refused before a byte of its body', async ([, lines, status, code]) => {
  const own = lines[0]!.startsWith('volley-call') ? [] : [known()]
  await expectEarlyRefusal([...own, ...lines], status, code)
})

async function expectEarlyRefusal(lines: string[], status: number, code: string): Promise<void> {
  const before = await effectsOf(app)
  const request = holdRequest(app.port, headOf([...lines, 'content-length: 1000']))
  const answer = await request.answered
  request.close()
  expectRefusal(answer, status, code)
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
}

/** Of two content types Node takes the first. */
function headOf(lines: string[]): string {
  return ['POST / HTTP/1.1', 'host: localhost', ...lines, 'content-type: text/plain', '', ''].join(
    '\r\n',
  )
}

test('9: batches that never end keep nobody waiting', async () => {
  const before = await effectsOf(app)
  const head = headOf([known(), 'content-length: 1000'])
  const held = Array.from({ length: 200 }, () => holdRequest(app.port, `${head}[]\n[`))
  for (const request of held) request.answered.catch(() => undefined)
  await expectAlive(app)
  const answer = await sendBatch({ ids: [ids['take']!, ids['take']!] })
  expect(answer.order).toHaveLength(2)
  for (const request of held) request.close()
  expect(await effectsOf(app)).toBe(before + 2)
  await expectAlive(app, [answer.body])
})

test('22: nothing of the ids and keys of a batch gets into its answer', async () => {
  const odd = [
    '%0d%0aset-cookie:%20x=1',
    'x\tset-cookie: x=1',
    '\u00e9\u00ff',
    '<script>',
    '${1}',
    "';--",
  ]
  const keys = [...odd, 'k'].map((key) => key.padEnd(20, 'k')).join()
  const answer = await sendBatch({ ids: [...odd, ids['take']!], headers: { 'volley-key': keys } })
  expect(refusalsOf(answer)).toEqual([...odd.map(() => '404 volley: stale'), null])
  expect(answer.cookies).toEqual([])
  expect(answer.headers).not.toContain('set-cookie')
  expect(answer.body).not.toMatch(/set-cookie|script|\u00e9/)
  await expectAlive(app, [answer.body])
})

test('22: cookies that a header cannot hold are refused where they are set', async () => {
  const set = ids['setCookie']!
  const bodies = [
    '["a\\r\\nb","1"]',
    '["fine","a\\r\\nset-cookie: x=1"]',
    '["a","1",{"path":"/\\r\\nx: 1"}]',
  ]
  const answer = await sendBatch({ ids: [set, set, set], bodies })
  expect(answer.cookies).toEqual(['fine=a%0D%0Aset-cookie%3A%20x%3D1; Path=/'])
  await expectAlive(app, [answer.body])
})

test('23: what one call throws is no other’s, and stays on the server', async () => {
  const answer = await sendBatch({
    ids: [ids['fail']!, ids['take']!, ids['fail']!],
    bodies: ['["throw"]', '[]', '["overflow"]'],
  })
  expect(answer.parts.map(({ rows }) => /"kind":"(\w+)"/.exec(rows.toString())?.[1])).toEqual([
    'error',
    'value',
    'error',
  ])
  await expectAlive(app, [answer.body])
})

test('31: clients that leave in the middle of a batch harm nobody', async () => {
  const before = await effectsOf(app)
  const body = '[5000]\n[1]'
  const lines = [`volley-call: ${ids['wait']},${ids['wait']}`, `content-length: ${body.length}`]
  const requests = Array.from({ length: 50 }, () => holdRequest(app.port, headOf(lines) + body))
  for (const request of requests) request.answered.catch(() => undefined)
  await expect.poll(() => effectsOf(app)).toBe(before + 100)
  for (const request of requests) request.close()
  await expectAlive(app)
})
