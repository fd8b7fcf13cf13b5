import { expect, test } from 'vitest'
import { createSeals } from '../../src/flight/seal.ts'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { capturedBy, type Captured } from '../support/captured.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import type { RawAnswer } from '../support/raw-request.ts'
import { referenceFields, sendCall, sendForm } from '../support/send.ts'

const target = useTarget()

/** Gives a function something in the place of the values it captured: in a call and in two forms. */
async function send(id: string, sealed: unknown): Promise<RawAnswer[]> {
  const { app } = target()
  const list = JSON.stringify([sealed])
  const reference = JSON.stringify({ id, bound: '$@1' })
  return [
    await sendCall(app, id, [
      ['0', JSON.stringify([sealed, '$K9'])],
      ['_9_text', 'a'],
    ]),
    await sendForm(app, referenceFields(reference, list)),
    await sendForm(app, [...referenceFields(reference, list), ['text', 'a']]),
  ]
}

async function expectRefused(id: string, values: Iterable<unknown>): Promise<void> {
  const { app } = target()
  const before = await effectsOf(app)
  const answers: RawAnswer[] = []
  for (const value of values) answers.push(...(await send(id, value)))
  for (const answer of answers) expectRefusal(answer, 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
}

const inline = () => capturedBy(target().app, 'inline')
const other = () => capturedBy(target().app, 'other')

test('16: sealed values open as often as they come, for the function they were sealed for', async () => {
  const { app } = target()
  const before = await effectsOf(app)
  for (const { id, sealed } of [await inline(), await other()]) {
    const answers = [...(await send(id, sealed)), ...(await send(id, sealed))]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
  }
  expect(await effectsOf(app)).toBe(before + 12)
  await expectAlive(app)
})

test('16: sealed values of one function open for no other (287)', async () => {
  const [first, second] = [await inline(), await other()]
  await expectRefused(first.id, [second.sealed])
  await expectRefused(second.id, [first.sealed])
})

test('16: sealed values that are exchanged between two forms open in neither (287)', async () => {
  const { app } = target()
  const before = await effectsOf(app)
  const [first, second] = [await inline(), await other()]
  // Both functions in one form, as a form and its button have them: React runs the last.
  const fields = [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', JSON.stringify({ id: first.id, bound: '$@1' })],
    ['$ACTION_1:1', JSON.stringify([second.sealed])],
    ['$ACTION_REF_2', ''],
    ['$ACTION_2:0', JSON.stringify({ id: second.id, bound: '$@1' })],
    ['$ACTION_2:1', JSON.stringify([first.sealed])],
  ] as const
  expectRefusal(await sendForm(app, fields), 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('16: sealed values that are cut anywhere do not open', async () => {
  const { id, sealed } = await inline()
  const { length } = sealed
  const cuts = Array.from({ length }, (_, i) => [sealed.slice(0, i), sealed.slice(i + 1)]).flat()
  await expectRefused(id, cuts)
})

test('16: sealed values with one bit flipped do not open (46)', async () => {
  const { id, sealed } = await inline()
  const bytes = Buffer.from(sealed, 'base64url')
  const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes)
    copy[bit >> 3]! ^= 1 << (bit & 7)
    return copy.toString('base64url')
  })
  await expectRefused(id, flipped)
})

test('16: values that another key has sealed do not open (46)', async () => {
  const { id, sealed } = await inline()
  const foreign = createSeals(['the secret of another build']).seal('p["a"]', id)
  const bytes = [sealed, foreign].map((text) => Buffer.from(text, 'base64url')) as [Buffer, Buffer]
  // The first four bytes name the key.
  const named = Buffer.concat([bytes[0].subarray(0, 4), bytes[1].subarray(4)])
  await expectRefused(id, [foreign, named.toString('base64url')])
})

test('16: parts of two sealed texts make no third', async () => {
  const [first, second] = [await inline(), await other()]
  const { sealed } = second
  // The first four bytes name the key, which is the same for both.
  const mixed = [5, 16, 20, 32].map((at) => {
    const [one, two] = [Buffer.from(first.sealed, 'base64url'), Buffer.from(sealed, 'base64url')]
    return Buffer.concat([two.subarray(0, at), one.subarray(at)]).toString('base64url')
  })
  await expectRefused(first.id, [...mixed, first.sealed + sealed, sealed + first.sealed])
})

/** Another text for the same bytes is not the text that was sealed. */
const spellings: Record<string, (sealed: string) => string> = {
  'with padding': (sealed) => `${sealed}=`,
  'with a space': (sealed) => `${sealed.slice(0, 9)} ${sealed.slice(9)}`,
  'with a character of no alphabet': (sealed) => `${sealed}!`,
  'with a null byte': (sealed) => `${sealed}\0`,
  'in the alphabet of plain base64': (sealed) =>
    `${sealed.replaceAll('-', '+').replaceAll('_', '/')}=`,
}

test.for(Object.entries(spellings))('16: sealed values %s do not open', async ([, spell]) => {
  const { id, sealed } = await inline()
  await expectRefused(id, [spell(sealed)])
})

test('16: what is no sealed text does not open', async () => {
  const { id, sealed } = await inline()
  const others = [
    '',
    'a',
    '$$',
    'p[]',
    'p["a",1]',
    sealed.toUpperCase(),
    sealed.split('').toReversed(),
  ]
  const numbers = [0, 1, null, true, '$undefined', '$NaN', '$n1', '$D0']
  await expectRefused(id, [...others, ...numbers, [], [sealed], {}, { sealed }])
})

test('16: a function that captured values does not run without them', async () => {
  const { app } = target()
  const before = await effectsOf(app)
  for (const { id } of [await inline(), await other()]) {
    expectRefusal(await sendCall(app, id, '[]'), 400, 'bad-request')
    expectRefusal(await sendForm(app, [[`$ACTION_ID_${id}`, '']]), 400, 'bad-request')
    const reference = JSON.stringify({ id, bound: null })
    expectRefusal(await sendForm(app, referenceFields(reference)), 400, 'bad-request')
    const nothing = JSON.stringify({ id, bound: '$@1' })
    expectRefusal(await sendForm(app, referenceFields(nothing, '[]')), 400, 'bad-request')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('16: a function that is an argument opens its own values and no others', async () => {
  const { app, ids } = target()
  const [first, second] = [await inline(), await other()]
  const pass = ({ id, sealed }: Captured) =>
    sendCall(app, ids['apply']!, [
      ['0', '["$h1"]'],
      ['1', JSON.stringify({ id, bound: '$@2' })],
      ['2', JSON.stringify([sealed])],
    ])
  const before = await effectsOf(app)
  expect((await pass(second)).status).toBe(200)
  expect(await effectsOf(app)).toBe(before + 2)
  // `apply` itself was called rightly, and has run when the function that it calls fails: a refusal
  // would say that nothing did.
  const failed = await pass({ id: second.id, sealed: first.sealed })
  expect(failed.status).toBe(500)
  expect(failed.body).toContain('"kind":"error"')
  expect(await effectsOf(app)).toBe(before + 3)
  await expectAlive(app)
})

test('16: what is sealed cannot be read, nor does another function get to see it', async () => {
  const { app, ids } = target()
  const { id, sealed } = await capturedBy(app, 'secretive', '/source-text')
  const text = Buffer.from(sealed, 'base64url').toString('latin1')
  // It holds the whole of a canary: the text, and not only its length.
  expect(text.length).toBeGreaterThan('canary-in-a-captured-variable'.length + 4 + 12 + 16)
  const answer = await sendCall(app, ids['echo']!, JSON.stringify([sealed]))
  expect(answer.status).toBe(200)
  expect(answer.body).toContain(`"value":"${sealed}"`)
  const opened = await sendCall(app, id, JSON.stringify([sealed, 'a']))
  expect(opened.status).toBe(200)
  await expectAlive(app, [answer.body, opened.body, text])
})
