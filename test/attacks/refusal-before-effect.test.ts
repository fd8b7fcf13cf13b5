import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { holdRequest } from '../support/held-request.ts'

const target = useTarget()

const text = 'content-type: text/plain'
const multipart = 'content-type: multipart/form-data; boundary=b'
const part = (name: string, value: string, more = '') =>
  `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`

/** Lines of headers, and the refusal. `KNOWN` is the id of a function. */
const calls: Record<string, [lines: string[], status: number, code: string]> = {
  'an unknown function': [['volley-call: gone', text], 404, 'stale'],
  'an unknown function with parts': [['volley-call: gone', multipart], 404, 'stale'],
  'a name that objects have': [['volley-call: constructor', text], 404, 'stale'],
  'a member of a function': [['volley-call: KNOWN#bind', text], 404, 'stale'],
  'an id that is too long': [[`volley-call: ${'a'.repeat(129)}`, text], 404, 'stale'],
  'another site': [['volley-call: KNOWN', text, 'sec-fetch-site: cross-site'], 403, 'cross-site'],
  'a type that forms can not have': [
    ['volley-call: KNOWN', 'content-type: application/json'],
    415,
    'unsupported-type',
  ],
  'a compressed body': [
    ['volley-call: KNOWN', text, 'content-encoding: gzip'],
    415,
    'unsupported-type',
  ],
  'a form of another site': [[multipart, 'sec-fetch-site: cross-site'], 403, 'cross-site'],
  'a form of no form’s type': [['content-type: application/json'], 415, 'unsupported-type'],
}

const bodies = {
  'of a kilobyte': 'content-length: 1000',
  'in chunks': 'transfer-encoding: chunked',
}

const cases = Object.entries(calls).flatMap(([name, refused]) =>
  Object.entries(bodies).map(([how, length]) => [name, how, { refused, length }] as const),
)

test.for(cases)(
  '6: %s is refused before a byte of a body %s',
  async ([, , { refused, length }]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const [lines, status, code] = refused
    const head = headOf([...lines, length])
    const request = holdRequest(app.port, head.replace('KNOWN', ids['take']!))
    const answer = await request.answered
    request.close()
    expectRefusal(answer, status, code)
    expect(await effectsOf(app)).toBe(before)
    await expectAlive(app, [answer.body])
  },
)

/** A wrong request is refused for the first of what is wrong with it. */
const order: [code: string, line: string, right: string][] = [
  ['method', 'PUT / HTTP/1.1', 'POST / HTTP/1.1'],
  ['cross-site', 'sec-fetch-site: cross-site', 'sec-fetch-site: same-origin'],
  ['unsupported-type', 'content-type: application/json', text],
  ['stale', 'volley-call: gone', 'volley-call: KNOWN'],
  ['too-large', 'content-length: 2000000', 'content-length: 2'],
]
const statuses = [405, 403, 415, 404, 413]

test.for(order.map(([code], i) => [code, i] as const))(
  '6: a call that is wrong in this and all later checks is refused for this one: %s',
  async ([code, first]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const lines = order.map(([, wrong, right], i) => (i < first ? right : wrong))
    const [start, ...rest] = lines.map((line) => line.replace('KNOWN', ids['take']!))
    const request = holdRequest(app.port, headOf(rest, start))
    const answer = await request.answered
    request.close()
    expectRefusal(answer, statuses[first]!, code)
    expect(await effectsOf(app)).toBe(before)
    await expectAlive(app, [answer.body])
  },
)

/** The first part that names an unknown function; the start of the next one shows that it ended. */
const names: Record<string, string> = {
  'an unknown id': part('$ACTION_ID_gone', ''),
  'a member of a function': part('$ACTION_ID_KNOWN#bind', ''),
  'a file': part('$ACTION_ID_gone', 'bytes', '; filename="a"'),
  'an unknown id behind other fields': `${part('a', '1')}${part('b', '2')}${part('$ACTION_ID_gone', '')}`,
  'an unknown id behind a known one': part('$ACTION_ID_KNOWN', '') + part('$ACTION_ID_gone', ''),
  'an unknown function with bound arguments':
    part('$ACTION_REF_1', '') +
    part('$ACTION_1:1', '["a"]') +
    part('$ACTION_1:0', '{"id":"gone","bound":"$@1"}'),
}

test.for(Object.entries(names))(
  '6: a form is read no further than a field that names %s',
  async ([, first]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const known = first.replace('KNOWN', ids['submit']!)
    const head = headOf([multipart, 'content-length: 900000'])
    const request = holdRequest(app.port, `${head}${known}--b\r\n`)
    const answer = await request.answered
    request.close()
    expectRefusal(answer, 404, 'stale')
    expect(await effectsOf(app)).toBe(before)
    await expectAlive(app, [answer.body])
  },
)

test('6: a urlencoded form is read no further than the field that names an unknown function', async () => {
  const { app } = target()
  const before = await effectsOf(app)
  const type = 'content-type: application/x-www-form-urlencoded'
  const head = headOf([type, 'content-length: 900000'])
  const request = holdRequest(app.port, `${head}a=1&%24ACTION_ID_gone=&b=`)
  const answer = await request.answered
  request.close()
  expectRefusal(answer, 404, 'stale')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
})

const halves: Record<string, (id: string) => [lines: string[], first: string, rest: string]> = {
  'a call': (id) => [[`volley-call: ${id}`, text], '["a"', ']'],
  'a call with parts': (id) => [[`volley-call: ${id}`, multipart], part('0', '[]'), '--b--\r\n'],
  'a form': (id) => [[multipart], part(`$ACTION_ID_${id}`, ''), '--b--\r\n'],
}

test.for(Object.entries(halves))(
  '6: %s of a known function runs when its body is whole, and no sooner',
  async ([, make]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const [lines, first, rest] = make(ids['submit']!)
    const head = headOf([...lines, `content-length: ${first.length + rest.length}`])
    const request = holdRequest(app.port, head + first)
    // Answered later than what the server has received before: it had its chance to run.
    await expectAlive(app)
    expect(await effectsOf(app)).toBe(before)
    expect(request.isAnswered()).toBe(false)
    request.send(rest)
    const answer = await request.answered
    request.close()
    expect(answer.status).toBe(200)
    expect(await effectsOf(app)).toBe(before + 1)
    await expectAlive(app, [answer.body])
  },
)

function headOf(lines: string[], start = 'POST / HTTP/1.1'): string {
  return [start, 'host: localhost', ...lines, '', ''].join('\r\n')
}
