import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { field, file, multipart, multipartType, type MultipartPart } from '../support/multipart.ts'
import { postBody } from '../support/post-body.ts'
import type { RawAnswer } from '../support/raw-request.ts'
import { sendCall, type Parts } from '../support/send.ts'

const target = useTarget()

type Seen = { polluted: unknown[]; names: Record<string, number> }

async function seen(app: App): Promise<Seen> {
  return (await (await app.fetch('/pollution/seen')).json()) as Seen
}

/** Nothing is inherited that was not there before. */
async function expectClean(before: Seen): Promise<void> {
  const { app } = target()
  const after = await seen(app)
  expect(after.polluted).toEqual(after.polluted.map(() => null))
  expect(after).toEqual(before)
}

/** Each call ran, with what it was sent as data. */
async function expectData(
  answers: readonly RawAnswer[],
  { before, effects }: { before: Seen; effects: number },
): Promise<void> {
  const { app } = target()
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect(await effectsOf(app)).toBe(effects + answers.length)
  await expectClean(before)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
}

/** Objects as JSON, since as objects of ours `__proto__` would be no key. */
const objects: Record<string, string> = {
  __proto__: '{"__proto__":{"polluted":1}}',
  'an escaped __proto__': '{"\\u005f_proto_\\u005f":{"polluted":1}}',
  '__proto__ with nothing': '{"__proto__":null}',
  '__proto__ behind another key': '{"a":1,"__proto__":{"polluted":1}}',
  constructor: '{"constructor":{"prototype":{"polluted":1}}}',
  'constructor with a text': '{"constructor":"polluted"}',
  prototype: '{"prototype":{"polluted":1}}',
  'an escaped prototype': '{"\\u0070rototype":{"polluted":1}}',
}

/** Where an object can stand in the arguments of a call. */
const places: Record<string, (object: string) => string | Parts> = {
  'an argument': (object) => `[${object}]`,
  'the second argument': (object) => `[{},${object}]`,
  'a list': (object) => `[[[${object}]]]`,
  'another object': (object) => `[{"a":{"b":${object}}}]`,
  'the deepest object': (object) => `[${'{"a":'.repeat(50)}${object}${'}'.repeat(50)}]`,
  'a row': (object) => [
    ['0', '["$1"]'],
    ['1', object],
  ],
  'a row that nobody looks at': (object) => [
    ['0', '[]'],
    ['7', object],
  ],
  'a map': (object) => [
    ['0', '["$Q1"]'],
    ['1', `[["a",${object}]]`],
  ],
  'a set': (object) => [
    ['0', '["$W1"]'],
    ['1', `[${object}]`],
  ],
  'an iterator': (object) => [
    ['0', '["$i1"]'],
    ['1', `[${object}]`],
  ],
  'a promise': (object) => [
    ['0', '["$@1"]'],
    ['1', object],
  ],
  'a stream': (object) => [
    ['0', '["$R1"]'],
    ['S1', object],
    ['S1', 'C'],
  ],
  'an iterable': (object) => [
    ['0', '["$X1"]'],
    ['S1', '1'],
    ['S1', `C${object}`],
  ],
  'bound arguments': (object) => [
    ['0', '["$h1"]'],
    ['1', JSON.stringify({ id: target().ids['mergeAll'], bound: '$@2' })],
    ['2', `[${object}]`],
  ],
  'a reference': (object) => [
    ['0', '["$h1"]'],
    ['1', `{"id":"${target().ids['mergeAll']}","bound":null,${object.slice(1)}`],
  ],
}

test.for(Object.keys(places))(
  '29: no property in %s is called as what objects inherit (91)',
  async (place) => {
    const { app, ids } = target()
    const [before, effects] = [await seen(app), await effectsOf(app)]
    for (const object of Object.values(objects)) {
      const answer = await sendCall(app, ids['mergeAll']!, places[place]!(object))
      expectRefusal(answer, 400, 'bad-request')
    }
    expect(await effectsOf(app)).toBe(effects)
    await expectClean(before)
    await expectAlive(app)
  },
)

test('29: nor does a path of a reference lead there (91)', async () => {
  const { app, ids } = target()
  const [before, effects] = [await seen(app), await effectsOf(app)]
  const names = ['__proto__', 'constructor', 'prototype', '__proto__:polluted', 'a:__proto__']
  for (const name of [...names, 'constructor:prototype', 'a:constructor:prototype:polluted']) {
    const parts: Parts = [
      ['0', `["$1:${name}"]`],
      ['1', '{"a":{}}'],
    ]
    expectRefusal(await sendCall(app, ids['mergeAll']!, parts), 400, 'bad-request')
  }
  expect(await effectsOf(app)).toBe(effects)
  await expectClean(before)
  await expectAlive(app)
})

/** Names of fields, in the spellings of those who make objects of them. */
const names = [
  '__proto__',
  '__proto__.polluted',
  '__proto__[polluted]',
  '__proto__[]',
  '[__proto__][polluted]',
  'a.__proto__.polluted',
  'constructor',
  'constructor.prototype.polluted',
  'constructor[prototype][polluted]',
  'prototype',
  'prototype[polluted]',
  '__defineGetter__',
  'toString',
]

test('29: a field of a form is data, whatever its name', async () => {
  const { app, ids } = target()
  const [before, effects] = [await seen(app), await effectsOf(app)]
  const answers: RawAnswer[] = []
  for (const name of names) {
    const action = `$ACTION_ID_${ids['mergeForm']}`
    const parts = [field(action, ''), field(name, 'polluted'), file(name, 'a.txt', 'polluted')]
    answers.push(await postForm(app, [...parts, file('file', name, 'polluted')]))
    const body = new URLSearchParams([
      [action, ''],
      [name, 'polluted'],
    ]).toString()
    const headers = ['content-type: application/x-www-form-urlencoded']
    answers.push(await postBody(app, { path: '/pollution', headers, body }))
  }
  await expectData(answers, { before, effects })
})

test('29: so is a field of a form that is an argument, and the name of its file', async () => {
  const { app, ids } = target()
  const [before, effects] = [await seen(app), await effectsOf(app)]
  const headers = [`volley-call: ${ids['mergeAll']}`, multipartType]
  const answers: RawAnswer[] = []
  for (const name of names) {
    const parts = [field('0', '["$K1"]'), field(`_1_${name}`, 'polluted')]
    const body = multipart([...parts, file(`_1_${name}`, name, 'polluted')])
    answers.push(await postBody(app, { path: '/pollution', headers, body }))
  }
  await expectData(answers, { before, effects })
})

/** Fields that tell React what a form does, with such a name where it has a number or an id. */
const actions: [name: string, status: number, code: string][] = [
  ['$ACTION_REF___proto__', 400, 'bad-request'],
  ['$ACTION_REF_constructor', 400, 'bad-request'],
  ['$ACTION_ID___proto__', 404, 'stale'],
  ['$ACTION_ID_constructor', 404, 'stale'],
]

test('29: a form whose function is called as what objects inherit is refused', async () => {
  const { app } = target()
  const [before, effects] = [await seen(app), await effectsOf(app)]
  for (const [name, status, code] of actions) {
    expectRefusal(await postForm(app, [field(name, ''), field('text', 'a')]), status, code)
  }
  expect(await effectsOf(app)).toBe(effects)
  await expectClean(before)
  await expectAlive(app)
})

test('29: parameters, cookies and headers of such a name are data, too', async () => {
  const { app } = target()
  const before = await seen(app)
  const answers: string[] = []
  for (const name of names) {
    const query = new URLSearchParams([
      [name, 'polluted'],
      [name, 'twice'],
    ]).toString()
    const cookie = `${encodeURIComponent(name)}=polluted; ${name}=polluted`
    const headers = { cookie, [name.replaceAll(/[^\w-]/g, '-')]: 'polluted' }
    const answer = await app.fetch(`/pollution?${query}`, { headers })
    expect(answer.status, name).toBe(200)
    answers.push(await answer.text())
  }
  await expectClean(before)
  await expectAlive(app, answers)
})

function postForm(app: App, parts: readonly MultipartPart[]): Promise<RawAnswer> {
  return postBody(app, { path: '/pollution', headers: [multipartType], body: multipart(parts) })
}
