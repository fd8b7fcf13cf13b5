import * as fc from 'fast-check'
import { words } from './words.ts'

/** A body of a call: one text, or the parts of a form. */
export type Reply = { text: string } | { parts: Part[] }
export type Part = { name: string; value: string; isFile: boolean }

/**
 * Replies such as React's `encodeReply` writes, and slightly broken ones: every kind of reference,
 * to rows that are there, that are missing and that contain themselves, in every order.
 * `ids` are those of server functions.
 */
export function replies(ids: readonly string[]): fc.Arbitrary<Reply> {
  const root = fc.oneof({ weight: 6, arbitrary: fc.array(values, { maxLength: 4 }) }, values)
  const rootText = fc.oneof({ weight: 9, arbitrary: json(root) }, broken(json(root)))
  const rows = fc.array(fc.oneof(...partsOf(ids)), { maxLength: 8 })
  const multipart = fc.tuple(rootText, rows).chain(([text, others]) => {
    const all = [{ name: '0', value: text, isFile: false }, ...others]
    const inOrder = fc.constant(all)
    const shuffled = fc.shuffledSubarray(all, { minLength: Math.max(0, all.length - 2) })
    return fc.oneof({ weight: 3, arbitrary: inOrder }, shuffled)
  })
  return fc.oneof(
    rootText.map((text) => ({ text })),
    { weight: 3, arbitrary: multipart.map((parts) => ({ parts })) },
  )
}

/** Small numbers, so that references often lead somewhere; rows are hexadecimal in references. */
const rowNumber = fc.oneof(
  { weight: 12, arbitrary: fc.nat(8) },
  fc.constantFrom(10, 16, 255, 0xffff, 0x7fffffff, 0xffffffff),
)
const rowText = fc.oneof(
  { weight: 12, arbitrary: rowNumber.map((row) => row.toString(16)) },
  fc.constantFrom('', '-1', '00', '01', '1e3', 'A', '0x1', ' 1', '1.5', '123456789'),
)

/** `''` is the value of a row, `@` a promise of it, `h` a function; further kinds are made up. */
const kinds = words('@ Q W i h R r X x K B A O o U S s L l G g M m V F E j Y Z P y C : $@')

const keys = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('a', 'b', 'c', '0', '1', 'id', 'bound', '') },
  fc.constantFrom('then', 'length', 'toString', 'status', 'value', 'reason', '$$typeof', '$$id'),
)
const inheritedKeys = fc.constantFrom('__proto__', 'constructor', 'prototype')

const path = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc
    .array(fc.oneof({ weight: 9, arbitrary: keys }, inheritedKeys), { minLength: 1, maxLength: 3 })
    .map((names) => names.map((name) => `:${name}`).join('')),
)

const references = fc
  .tuple(fc.oneof(fc.constant(''), fc.constantFrom(...kinds)), rowText, path)
  .map(([kind, row, way]) => `$${kind}${row}${way}`)

const specialTexts = fc.oneof(
  fc.constantFrom('$undefined', '$NaN', '$Infinity', '$-Infinity', '$-0', '$T', '$', '$$', '$$x'),
  fc.constantFrom('$D2020-01-02T03:04:05.678Z', '$D', '$Dnever', '$n7', '$n-7', '$n', '$n0x1'),
  fc.nat(320).map((digits) => `$n${'9'.repeat(digits)}`),
)

const scalars = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

/** Around the limit of the depth. */
const nested = fc.tuple(fc.nat(70), fc.boolean()).map(([depth, isArray]) => {
  let value: unknown = 'x'
  for (let i = 0; i < depth; i++) value = isArray ? [value] : { a: value }
  return value
})

const { values } = fc.letrec<{ values: unknown }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalars,
    { weight: 4, arbitrary: references },
    { weight: 2, arbitrary: specialTexts },
    { weight: 2, arbitrary: fc.array(tie('values'), { maxLength: 4 }) },
    { weight: 2, arbitrary: objects(keys, tie('values')) },
    fc.oneof(
      { weight: 9, arbitrary: objects(keys, tie('values')) },
      objects(inheritedKeys, tie('values')),
    ),
    nested,
  ),
}))

/** Property by property, because `__proto__` is none in a literal. */
function objects(names: fc.Arbitrary<string>, items: fc.Arbitrary<unknown>) {
  return fc
    .array(fc.tuple(names, items), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries) as unknown)
}

function partsOf(ids: readonly string[]): fc.Arbitrary<Part>[] {
  const id = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, changedIds(ids))
  const bound = fc.oneof(
    fc.constant(null),
    rowText.map((row) => `$@${row}`),
    values,
  )
  const functionRow = json(fc.record({ id, bound }, { requiredKeys: ['id'] }))
  const row = fc.oneof({ weight: 3, arbitrary: json(values) }, functionRow)
  const text = fc.oneof({ weight: 12, arbitrary: row }, broken(row))
  const pairs = json(fc.array(fc.tuple(values, values), { maxLength: 3 }))
  const item = fc.oneof(
    { weight: 3, arbitrary: json(values) },
    fc.constantFrom('C', 'C"end"', 'C"$1"', 'CC'),
  )
  const bytes = fc.string({ unit: 'binary', maxLength: 32 })
  const part = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>, isFile = false) =>
    fc.record({ name, value, isFile: fc.constant(isFile) })
  const number = rowNumber.map(String)
  return [
    part(number, text),
    part(number, pairs),
    part(number, functionRow),
    part(number, bytes, true),
    part(
      rowNumber.map((stream) => `S${stream}`),
      item,
    ),
    part(
      fc.tuple(rowText, keys).map(([form, key]) => `_${form}_${key}`),
      bytes,
    ),
    part(fc.constantFrom('0', '', 'x', '-1', '$ACTION_0:0', '1:a', ' 1', '0'), text),
  ]
}

function changedIds(ids: readonly string[]): fc.Arbitrary<string> {
  const change = fc.constantFrom('#bind', '#', '#*', 'x', ' ')
  return fc.oneof(
    fc.tuple(fc.constantFrom(...ids), change).map(([id, end]) => id + end),
    fc.constantFrom('__proto__', 'constructor', 'toString', '', 'unknown'),
  )
}

/** `JSON.stringify` has no text for `undefined`, which no value here is. */
function json(items: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return items.map((value) => JSON.stringify(value))
}

/** One character less, one more, or another one. */
function broken(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const character = fc.constantFrom(
    '',
    '"',
    '[',
    ']',
    '{',
    '}',
    ',',
    '$',
    '\\',
    '\0',
    '\u2028',
    '9',
  )
  return fc.tuple(texts, fc.nat(), fc.nat(1), character).map(([text, at, removed, added]) => {
    const index = at % (text.length + 1)
    return text.slice(0, index) + added + text.slice(index + removed)
  })
}

/** The content type and the bytes that carry a reply. */
export function encodeReplyBody(reply: Reply): { type: string; body: Buffer } {
  if ('text' in reply) return { type: 'text/plain', body: Buffer.from(reply.text) }
  const parts = reply.parts.map(({ name, value, isFile }) => {
    const file = isFile ? '; filename="blob"\r\ncontent-type: application/octet-stream' : ''
    const quoted = name.replaceAll('"', '%22')
    return `--${boundary}\r\ncontent-disposition: form-data; name="${quoted}"${file}\r\n\r\n${value}\r\n`
  })
  const body = Buffer.from(`${parts.join('')}--${boundary}--\r\n`)
  return { type: `multipart/form-data; boundary=${boundary}`, body }
}

const boundary = 'reply-grammar-boundary'
