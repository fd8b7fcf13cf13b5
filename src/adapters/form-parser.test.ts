import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormOptions } from '../server/exchange.ts'
import { isRefusal } from '../server/refusal.ts'
import { createFormParser } from './form-parser.ts'

const multipart = 'multipart/form-data; boundary=b'
const urlencoded = 'application/x-www-form-urlencoded'

/** Parses a body that arrives in chunks of `size` bytes. */
async function parse(body: string | Buffer, type = multipart, size = 1e9): Promise<FormData> {
  return parseWith({ limit: 1e6 }, { body, type, size })
}

type Sent = { body: string | Buffer; type: string; size: number }

function parseWith(options: FormOptions, { body, type, size }: Sent): Promise<FormData> {
  const parser = createFormParser({ 'content-type': type }, options)
  const bytes = Buffer.from(body as string)
  for (let at = 0; at < bytes.length; at += size) parser.write(bytes.subarray(at, at + size))
  return parser.end()
}

const part = (name: string, value: string, more = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const form = (...parts: string[]): string => `${parts.join('')}--b--\r\n`

test('a form means the same however its bytes are cut', async () => {
  const body = form(part('あ', 'い\r\n--x'), part('f', 'bytes', '; filename="ファ.txt"'))
  const sizes = fc.integer({ min: 1, max: 60 })
  await fc.assert(
    fc.asyncProperty(sizes, async (size) => {
      const parsed = await parse(body, multipart, size)
      const file = parsed.get('f') as File
      expect([...parsed.keys()]).toEqual(['あ', 'f'])
      expect([parsed.get('あ'), file.name, await file.text()]).toEqual([
        'い\r\n--x',
        'ファ.txt',
        'bytes',
      ])
    }),
  )
})

test('a urlencoded form is parsed as browsers write it', async () => {
  const parsed = await parse('a=1+2&b=%C3%BC&a=3&c=', urlencoded)
  expect([...parsed]).toEqual([
    ['a', '1 2'],
    ['b', 'ü'],
    ['a', '3'],
    ['c', ''],
  ])
})

test('a file without a name or bytes, as an empty input sends it, is an empty file', async () => {
  const empty = part('f', '', '; filename=""\r\nContent-Type: application/octet-stream')
  const file = (await parse(form(empty))).get('f') as File
  expect([file.name, file.size]).toEqual(['', 0])
})

test('a name that is an object’s own is a field like any other', async () => {
  const parsed = await parse(form(part('__proto__', 'x'), part('constructor', 'y')))
  expect([...parsed.keys()]).toEqual(['__proto__', 'constructor'])
})

const times = (count: number, one: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => one(i))

test.for([
  ['21 files', form(...times(21, (i) => part(`f${i}`, 'x', '; filename="x"')))],
  ['1,001 fields', form(...times(1001, (i) => part(`a${i}`, 'x')))],
  ['a field name of 201 bytes', form(part('ü'.repeat(101), 'x'))],
  ['a file’s field name of 201 bytes', form(part('n'.repeat(201), 'x', '; filename="x"'))],
  ['a form that is cut in a part', part('a', 'x').slice(0, -4)],
  ['a form that is cut in a file', part('f', 'x', '; filename="x"').slice(0, -4)],
  ['a form without its last boundary', part('a', 'x')],
] as [string, string][])('%s is refused', async ([, body]) => {
  const failure = await parse(body).catch((error: unknown) => error)
  expect(isRefusal(failure) && failure.code).toBe('bad-request')
})

test('as many files and fields as are allowed are accepted', async () => {
  const files = times(20, (i) => part(`f${i}`, 'x', '; filename="x"'))
  const fields = times(900, (i) => part(`a${i}`, 'x'))
  expect([...(await parse(form(...files, ...fields)))]).toHaveLength(920)
})

test.for(['multipart/form-data', 'text/plain'])('the type %s makes no form', (type) => {
  expect(() => parseWith({ limit: 1 }, { body: '', type, size: 1 })).toThrow(/Malformed form/)
})

test('what onField throws ends the form, and later fields are not looked at', async () => {
  const seen: string[] = []
  const onField = (name: string): void => {
    seen.push(name)
    throw new Error('no')
  }
  const body = form(part('a', '1'))
  const rest = form(part('b', '2'))
  const parsed = (async () =>
    parseWith(
      { limit: 1e6, onField },
      { body: body.slice(0, -6) + rest, type: multipart, size: 70 },
    ))()
  await expect(parsed).rejects.toThrow('no')
  expect(seen).toEqual(['a'])
})

test('a file is a field by its name, which may be refused like any other', async () => {
  const seen: [string, string][] = []
  const onField = (name: string, value: string): void => void seen.push([name, value])
  const body = form(part('f', 'bytes', '; filename="a.txt"'))
  await parseWith({ limit: 1e6, onField }, { body, type: multipart, size: 1e9 })
  expect(seen).toEqual([['f', '']])
  const refuse = (): never => {
    throw new Error('no')
  }
  const refused = (async () =>
    parseWith({ limit: 1e6, onField: refuse }, { body, type: multipart, size: 1e9 }))()
  await expect(refused).rejects.toThrow('no')
})
