import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import type { RawAnswer } from '../support/raw-request.ts'
import { referenceFields, sendCall, sendForm, type Parts } from '../support/send.ts'

const target = useTarget()

/** Texts that are no id, made of one that is. */
const forgeries: Record<string, (id: string) => unknown> = {
  'an id of another build': () => 'abcdefghijklmnopqrstuv0',
  'no text at all': () => '',
  'a member of a function': (id) => `${id}#bind`,
  'every member of a function': (id) => `${id}#*`,
  'an empty member of a function': (id) => `${id}#`,
  'a name that objects inherit': () => 'constructor',
  'the prototype of objects': () => ['__proto', '__'].join(''),
  'our own prefix': (id) => `$$server:${id}`,
  'a module of Node': () => 'node:child_process#execSync',
  'a number': () => 1,
  nothing: () => null,
  'a list with an id': (id) => [id],
  'an object with an id': (id) => ({ id }),
  'a link to a row with an id': () => '$3',
  'a link into a row with an id': () => '$4:id',
  'an id of a megabyte’s half': (id) => id + 'a'.repeat(500_000),
}

/** What stands behind an id: nothing, or a list of bound arguments in row 2. */
const bounds = { alone: null, bound: '$@2' }

type TextParts = readonly (readonly [name: string, text: string])[]

/** How an argument refers to row 1: as itself, in a value, and where React decodes it late. */
const places: Record<string, TextParts> = {
  'as an argument': [['0', '["$h1"]']],
  'in an object': [['0', '[{"a":["$h1"]}]']],
  'in a map': [
    ['0', '["$Q5"]'],
    ['5', '[["a","$h1"]]'],
  ],
  'in a promise': [
    ['0', '["$@5"]'],
    ['5', '["$h1"]'],
  ],
  'in an iterable': [
    ['0', '["$X5"]'],
    ['S5', '"$h1"'],
    ['S5', 'C'],
  ],
  'among bound arguments': [
    ['0', '["$h5"]'],
    ['5', '{"id":"KNOWN","bound":"$@6"}'],
    ['6', '["$h1"]'],
  ],
  'where nobody looks': [
    ['0', '[]'],
    ['5', '"$h1"'],
  ],
}

const kinds = Object.entries(forgeries).flatMap(([name, forge]) =>
  Object.entries(bounds).map(([how, bound]) => [name, how, { forge, bound }] as const),
)

test.for(kinds)('1: %s, %s, is no argument of a call', async ([, , { forge, bound }]) => {
  const { app, ids } = target()
  await makeKnown()
  const before = await effectsOf(app)
  const answers: RawAnswer[] = []
  for (const place of Object.values(places)) {
    const parts: Parts = [
      ...place.map(([name, text]) => [name, text.replace('KNOWN', ids['echo']!)] as const),
      ['1', JSON.stringify({ id: forge(ids['echo']!), bound })],
      ['2', '[1,2]'],
      ['3', JSON.stringify(ids['echo'])],
      ['4', JSON.stringify({ id: ids['echo'] })],
    ]
    answers.push(await sendCall(app, ids['take']!, parts))
  }
  for (const answer of answers) expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
})

test.for(kinds)('1: %s, %s, is no function of a form', async ([, , { forge, bound }]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const id = forge(ids['submit']!)
  const reference = JSON.stringify({ id, bound: bound === null ? null : '$@1' })
  const rows = ['["a"]', JSON.stringify(ids['submit']), JSON.stringify({ id: ids['submit'] })]
  const answers = [await sendForm(app, referenceFields(reference, ...rows))]
  // What is no id is malformed; what is an id and not in the table is stale.
  const isId = typeof id === 'string' && id !== '' && id.length <= 128
  expectRefusal(answers[0]!, isId ? 404 : 400, isId ? 'stale' : 'bad-request')
  if (typeof id === 'string' && id.length < 200) {
    const answer = await sendForm(app, [[`$ACTION_ID_${id}`, '']])
    expectRefusal(answer, 404, 'stale')
    answers.push(answer)
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
})

/** Bound arguments that are no list, or none that a page would bind. */
const lists: Record<string, [bound: unknown, row: string | null]> = {
  'a row that is not there': ['$@7', null],
  'an object': ['$@2', '{"length":1,"0":1}'],
  'a text': ['$@2', '"ab"'],
  'a row as a value': ['$2', '[1]'],
  'a list without a row': [[1], null],
  'a function': ['$h2', '{"id":"KNOWN","bound":null}'],
  'the reference itself': ['$@1', null],
  'a number': [1, null],
  'a forged function': ['$@2', '["$h3"]'],
  '33 values': ['$@2', JSON.stringify(Array.from({ length: 33 }, () => 1))],
}

test.for(Object.entries(lists))('1: %s is no list of bound arguments', async ([, [bound, row]]) => {
  const { app, ids } = target()
  await makeKnown()
  const before = await effectsOf(app)
  const known = (text: string) => text.replace('KNOWN', ids['echo']!)
  const rows: TextParts = [
    ['1', JSON.stringify({ id: ids['echo'], bound })],
    ...(row === null ? [] : [['2', known(row)] as const]),
    ['3', '{"id":"gone","bound":null}'],
  ]
  const answers = [await sendCall(app, ids['take']!, [['0', '["$h1"]'], ...rows])]
  // In a form the rows are numbered from the reference: what is row 2 above is row 1 there.
  const inForm = rows.map(([name, text]) => {
    const shifted = text.replaceAll(/\$([@h]?)([1-7])/g, (_, kind: string, number: string) => {
      return `$${kind}${Number(number) - 1}`
    })
    return [`$ACTION_1:${Number(name) - 1}`, shifted.replace(ids['echo']!, ids['submit']!)] as const
  })
  answers.push(await sendForm(app, [['$ACTION_REF_1', ''], ...inForm]))
  for (const answer of answers) expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
})

/** A reference is an id and a list: what says more is not what React's encoder writes. */
const more = ['"name":"echo"', '"then":"$0"', '"$$id":"gone"', '"value":null', '"":1', '"ids":[]']

test.for(more)('1: a reference that also says %s is none', async (property) => {
  const { app, ids } = target()
  await makeKnown()
  const before = await effectsOf(app)
  const referenceTo = (id: string) => `{"id":"${id}","bound":null,${property}}`
  const answers = [
    await sendCall(app, ids['take']!, [
      ['0', '["$h1"]'],
      ['1', referenceTo(ids['echo']!)],
    ]),
    await sendForm(app, referenceFields(referenceTo(ids['submit']!))),
  ]
  for (const answer of answers) expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
})

/** React would follow a path first, to what nobody has looked at. */
const behindPath: Record<string, () => string> = {
  Q: () => '[["a",1]]',
  W: () => '[1]',
  i: () => '[1]',
  '@': () => '[1]',
  h: () => JSON.stringify({ id: target().ids['echo'], bound: null }),
}

test('1: no value but a row’s own stands behind a path', async () => {
  const { app, ids } = target()
  await makeKnown()
  const before = await effectsOf(app)
  for (const [kind, value] of Object.entries(behindPath)) {
    const parts: Parts = [
      ['0', `["$${kind}1:a"]`],
      ['1', `{"a":${value()}}`],
    ]
    expectRefusal(await sendCall(app, ids['take']!, parts), 400, 'bad-request')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('1: a name that an object inherits is no way to a value (91)', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const prototypes = [Object.prototype, Array.prototype, Function.prototype, Promise.prototype]
  const own = new Set(['length', '0'])
  const names = new Set(prototypes.flatMap((prototype) => Object.getOwnPropertyNames(prototype)))
  const answers: RawAnswer[] = []
  for (const name of names) {
    if (own.has(name)) continue
    for (const [path, row] of [
      [name, '{"a":1}'],
      [name, '[1]'],
      [name, '"$@3"'],
      [name, '"$h4"'],
      [`a:${name}`, '{"a":{}}'],
      [`${name}:${name}`, '{"a":1}'],
    ] as const) {
      const parts: Parts = [
        ['0', `["$2:${path}"]`],
        ['2', row],
        ['3', '[]'],
        ['4', JSON.stringify({ id: ids['echo'], bound: null })],
      ]
      answers.push(await sendCall(app, ids['take']!, parts))
    }
  }
  expect(answers.length).toBeGreaterThan(200)
  for (const answer of answers) expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('1: a reference of the table, alone and with 32 bound values, is an argument', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const bound = JSON.stringify(['bound', ...Array.from({ length: 31 }, () => 1)])
  const answers = [
    await sendCall(app, ids['apply']!, [
      ['0', '["$h1"]'],
      ['1', JSON.stringify({ id: ids['echo'], bound: null })],
    ]),
    await sendCall(app, ids['apply']!, [
      ['0', '["$h1"]'],
      ['1', JSON.stringify({ id: ids['echo'], bound: '$@2' })],
      ['2', bound],
    ]),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers[0]!.body).toContain('"value":"applied"')
  expect(answers[1]!.body).toContain('"value":"bound"')
  expect(await effectsOf(app)).toBe(before + 4)
  await expectAlive(
    app,
    answers.map(({ body }) => body),
  )
})

/** What has been called once is loaded, so that only the table and not chance refuses a forgery. */
async function makeKnown(): Promise<void> {
  const { app, ids } = target()
  const answer = await sendCall(app, ids['echo']!, '[1]')
  expect(answer.status).toBe(200)
}
