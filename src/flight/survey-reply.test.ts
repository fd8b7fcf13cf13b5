import {
  encodeReply,
  registerServerReference,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultReplyLimits, ReplyError, type ReplyLimits } from './reply-limits.ts'
import { surveyParts, surveyText, type Survey } from './survey-reply.ts'

type Limits = Partial<ReplyLimits>

function survey(body: string | FormData, limits: Limits = {}): Survey {
  const all = { ...defaultReplyLimits, ...limits }
  if (typeof body === 'string') return surveyText(body, all)
  return surveyParts(body, { prefix: '', root: 'arguments' }, all)
}

function formOf(parts: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.append(name, value)
  return form
}

const bound = registerServerReference(async (..._args: unknown[]) => undefined, 'save').bind(
  null,
  1,
)

test('JSON without references is already decoded', () => {
  expect(survey('[1,"a",{"b":[null,true]}]').plain).toEqual([1, 'a', { b: [null, true] }])
})

test.for(['["$undefined"]', '["$$1"]', '["$n12"]', '["$D2026-01-01T00:00:00.000Z"]', '["$0"]'])(
  '%s is left to React',
  (body) => expect(survey(body).plain).toBeUndefined(),
)

test('an argument that stays in the browser is noticed', () => {
  expect(survey('["$T"]').hasTemporary).toBe(true)
  expect(survey('["$$T"]').hasTemporary).toBe(false)
})

test('functions are named, bound ones too', async () => {
  expect(survey((await encodeReply([bound])) as FormData).functions).toEqual(['save'])
})

test('everything that React’s encoder writes passes', async () => {
  const shared = { a: 1 }
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  const form = new FormData()
  form.append('name', 'x')
  form.append('0', 'y')
  const values = [
    [undefined, -0, Number.NaN, Infinity, -Infinity, 12n, -12n, '$', '$$', '$T', '$1'],
    [new Date(0), new Date(Number.NaN), new Date(8.64e15), new Date(-8.64e15)],
    [new Map([[shared, new Set([shared])]]), shared, [shared, shared], cycle],
    [form, new Blob(['a']), new File(['a'], 'b'), new Uint8Array(3), new BigInt64Array(1)],
    [new ArrayBuffer(2), new DataView(new ArrayBuffer(2)), [1, 2][Symbol.iterator]()],
    [Promise.resolve(1), Promise.resolve({ a: 1 }), bound, bound, [bound]],
    [new Blob(['x']).stream(), iterable()],
  ]
  for (const args of values) {
    const body = await encodeReply(args)
    expect(() => survey(body)).not.toThrow()
  }
})

async function* iterable() {
  yield 1
  yield { a: 2 }
  return 'end'
}

/** Each holds two, or is two long, of what the limit counts. */
const two: [keyof ReplyLimits, string | Record<string, string>][] = [
  ['depth', '[[1]]'],
  ['depth', '[{"a":1}]'],
  ['depth', { '0': '["$1"]', '1': '[1]' }],
  ['depth', { '0': '["$Q1"]', '1': '[1]' }],
  ['depth', { '0': '["$@1"]', '1': '{"a":1}' }],
  ['depth', { '0': '["$R1"]', S1: 'C{"a":1}' }],
  ['depth', { '1': '[1]', '0': '["$1:0"]' }],
  ['rows', { '0': '[]', '1': '1' }],
  ['rows', { '0': '["$R1"]', S1: 'C' }],
  ['items', '[1,2]'],
  ['items', '[[2]]'],
  ['items', { '0': '["$1"]', '1': '[2]' }],
  ['properties', '[{"a":1,"b":2}]'],
  ['properties', '[{"a":{"b":2}}]'],
  ['references', '["$T","$T"]'],
  ['references', { '0': '["$1","$1"]', '1': '1' }],
  ['digits', '["$n10"]'],
  ['digits', '["$n-10"]'],
  ['streams', { '0': '["$R1","$x2"]', S1: 'C', S2: 'C' }],
  ['streams', { '0': '["$r1","$X2"]', S1: 'C', S2: 'C' }],
  ['bound', { '0': '["$h1"]', '1': '{"id":"save","bound":"$@2"}', '2': '[1,2]' }],
  ['entries', { '0': '["$K1"]', _1_a: '', _1_b: '' }],
]

test.for(two)('%s is a limit that may be reached and not exceeded: %j', ([limit, body]) => {
  const given = typeof body === 'string' ? body : formOf(body)
  expect(() => survey(given, { [limit]: 2 })).not.toThrow()
  expect(() => survey(given, { [limit]: 1 })).toThrow(`decoding.${limit}`)
})

test.for(['__proto__', 'constructor', 'prototype'])('a property called %s is refused', (name) => {
  expect(() => survey(`[{"a":{"${name}":1}}]`)).toThrow(ReplyError)
  expect(() => survey(`[{"a":{"\\u005f${name.slice(1)}":1}}]`)).toSatisfy(
    (attempt) => name !== '__proto__' || throws(attempt as () => unknown),
  )
})

function throws(attempt: () => unknown): boolean {
  try {
    attempt()
    return false
  } catch (error) {
    return error instanceof ReplyError
  }
}

test.for<[string, string | Record<string, string>]>([
  ['text that is no JSON', '[1'],
  ['nothing', ''],
  ['a form without a root', { '1': '[]' }],
  ['a part with an unknown name', { '0': '[]', title: 'a' }],
  ['a part whose name only looks like a number', { '0': '[]', '0x1': '1' }],
  ['a stream without an end', { '0': '["$R1"]', S1: '1' }],
  ['a stream that is not there', '["$x1"]'],
  ['a tag that does not exist', '["$%1"]'],
  ['a tag with no number', '["$Q"]'],
  ['a number that is none', '["$Qxyz"]'],
  ['a path into a map', '["$Q1:a"]'],
  ['a path into a function', '["$h1:bind"]'],
  ['a bigint with a letter', '["$n1e5"]'],
  ['a date that is a story', `["$D${'1'.repeat(40)}"]`],
  ['a reference without an id', { '0': '["$h1"]', '1': '{"bound":null}' }],
  ['a reference to nothing', { '0': '["$h1"]' }],
  ['a reference to itself', { '0': '["$h0"]' }],
  ['a reference with a key too many', { '0': '["$h1"]', '1': '{"id":"save","$$promise":{}}' }],
  ['bound arguments that are no list', { '0': '["$h1"]', '1': '{"id":"save","bound":{}}' }],
  ['bound arguments elsewhere', { '0': '["$h1"]', '1': '{"id":"save","bound":"$@9"}' }],
])('%s is refused', ([, body]) => {
  expect(() => survey(typeof body === 'string' ? body : formOf(body))).toThrow(ReplyError)
})

test('a part that is there twice is refused', () => {
  const form = formOf({ '0': '[]' })
  form.append('0', '[1]')
  expect(() => survey(form)).toThrow('twice')
})

test('a chain of rows is as deep as it is long', () => {
  const chain = (length: number) => {
    const parts = Array.from({ length }, (_, i) => [String(i), `["$${(i + 1).toString(16)}"]`])
    return formOf(Object.fromEntries([...parts, [String(length), '1']]) as Record<string, string>)
  }
  expect(() => survey(chain(64))).not.toThrow()
  expect(() => survey(chain(65))).toThrow('decoding.depth')
  expect(() => survey(chain(900))).toThrow('decoding.depth')
})

test('whatever the body, the survey ends in a survey or in a ReplyError', () => {
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    fc.stringMatching(/^\["\$[@hQWiKBRrXxTnD$]?[0-9a-f]{0,3}(:[a-z]{0,3})?"\]$/),
  )
  const name = fc.oneof(fc.stringMatching(/^(S?\d{1,2}|_\d_[a-z]?)$/), fc.string())
  const forms = fc.dictionary(name, text, { noNullPrototype: true }).map(formOf)
  fc.assert(
    fc.property(fc.oneof(text, forms), (body) => {
      try {
        survey(body)
      } catch (error) {
        expect(error).toBeInstanceOf(ReplyError)
      }
    }),
  )
})
