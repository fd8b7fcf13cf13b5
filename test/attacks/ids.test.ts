import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'
import { referenceFields, sendCall, sendForm } from '../support/send.ts'

const target = useTarget()

const builtins = [Object, Function, Array, Map, Promise, Proxy, Symbol, Reflect, JSON, globalThis]
const inherited = builtins
  .flatMap((builtin) => [builtin, (builtin as { prototype?: object }).prototype ?? {}])
  .flatMap((owner) => Object.getOwnPropertyNames(owner))

test('4: the name of a property that any object has is no id', async () => {
  const { app } = target()
  const before = await effectsOf(app)
  const names = [
    ...new Set([...inherited, '$$id', '$$bound', '$$typeof', 'default', '*', '$$async']),
  ]
  expect(names.length).toBeGreaterThan(150)
  for (const name of names) {
    expectRefusal(await sendCall(app, name, '[]'), 404, 'stale')
    expectRefusal(await sendForm(app, [[`$ACTION_ID_${name}`, '']]), 404, 'stale')
    const reference = JSON.stringify({ id: name, bound: null })
    expectRefusal(await sendForm(app, referenceFields(reference)), 404, 'stale')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

/** Other spellings of an id, each of which some decoder would take for the same. */
const aliases: Record<string, (id: string) => string> = {
  'in quotes': (id) => `"${id}"`,
  'as a weak tag': (id) => `W/${id}`,
  'with the padding of base64': (id) => `${id}==`,
  'with padding before its last character': (id) => `${id.slice(0, -1)}==${id.slice(-1)}`,
  'percent-encoded': (id) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
  'with a null byte escaped': (id) => `${id}%00`,
  'as a path': (id) => `./${id}`,
  'with a slash': (id) => `${id}/`,
  'with a query': (id) => `${id}?`,
  'with a fragment': (id) => `${id}#`,
  'with a member': (id) => `${id}#bind`,
  'with a member behind a point': (id) => `${id}.call`,
  'with another number of parameters': (id) => `${id.slice(0, -1)}9`,
  'without its number of parameters': (id) => id.slice(0, -1),
  'in capitals': (id) => id.toUpperCase(),
  'in small letters': (id) => id.toLowerCase(),
  backwards: (id) => id.split('').toReversed().join(''),
  'in the alphabet of plain base64': (id) => `${id.replaceAll('-', '+').replaceAll('_', '/')}=`,
  'in hexadecimal': (id) =>
    Buffer.from(id.slice(0, 22), 'base64url').toString('hex') + id.slice(-1),
  twice: (id) => id + id,
  'twice in a list': (id) => `${id}, ${id}`,
  'twice in a list without space': (id) => `${id},${id}`,
  'with a parameter': (id) => `${id};q=1`,
  'with the prefix of the decoder': (id) => `$$server:${id}`,
  'filled up to more than the longest id': (id) => id.padEnd(129, '0'),
}

test.for(Object.entries(aliases))('4: an id %s is another id', async ([, change]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  for (const id of Object.values(ids)) {
    const alias = change(id)
    expectRefusal(await sendCall(app, alias, '[]'), 404, 'stale')
    expectRefusal(await sendForm(app, [[`$ACTION_ID_${alias}`, '']]), 404, 'stale')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('4: the spare bits of an id’s base64 make no second id', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  for (const id of Object.values(ids)) {
    const bytes = Buffer.from(id.slice(0, 22), 'base64url')
    const spellings = Array.from(
      alphabet,
      (character) => id.slice(0, 21) + character + id.slice(22),
    )
    const same = spellings.filter((other) => {
      return other !== id && Buffer.from(other.slice(0, 22), 'base64url').equals(bytes)
    })
    expect(same).toHaveLength(15)
    for (const other of same) expectRefusal(await sendCall(app, other, '[]'), 404, 'stale')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('4: two ids in two headers are none', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const header = `volley-call: ${ids['take']}`
  const lines = [`host: localhost:${app.port}`, header, header, 'content-type: text/plain']
  const answer = await rawRequest(app.port, [requestText('POST /', lines, '[]')])
  expectRefusal(answer, 404, 'stale')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** What a header may hold: visible ASCII. */
const character = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code))
const text = fc.array(character, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
const similar = fc.constantFrom(...alphabet.split(''))

/** One change of an id at a place: put in, taken out, replaced, exchanged, cut, doubled. */
const change = fc
  .tuple(fc.constantFrom('insert', 'remove', 'replace', 'swap', 'cut', 'double'), fc.nat(22))
  .chain(([kind, at]) =>
    fc.oneof(text, similar).map((by) => (id: string): string => {
      const [head, tail] = [id.slice(0, at), id.slice(at)]
      if (kind === 'insert') return head + by + tail
      if (kind === 'remove') return head + tail.slice(1)
      if (kind === 'replace') return head + by + tail.slice(by.length)
      if (kind === 'swap') return tail + head
      if (kind === 'cut') return head
      return head + tail.slice(0, 1) + tail
    }),
  )

const mutation = fc.tuple(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 }))

test('4: ten thousand changed ids are all unknown', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const known = Object.values(ids)
  let count = 0
  const batch = fc.array(mutation, { minLength: 550, maxLength: 550, size: 'max' })
  const refusesAll = fc.asyncProperty(batch, async (mutations) => {
    const changed = mutations
      .map(([at, changes]) => changes.reduce((id, one) => one(id), known[at % known.length]!))
      .filter((id) => id !== '' && !known.includes(id))
    count += changed.length
    const answers = await Promise.all(changed.map((id) => sendCall(app, id, '[]')))
    expect(changed.filter((_, i) => answers[i]!.status !== 404)).toEqual([])
    for (const answer of answers) expectRefusal(answer, 404, 'stale')
  })
  await fc.assert(refusesAll, { numRuns: 20, endOnFailure: true })
  expect(count).toBeGreaterThan(10_000)
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})
