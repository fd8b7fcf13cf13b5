import { expect, test } from 'vitest'
import { createEncoder, type Request } from '../../bench/load/request.ts'
import { submissionKeyOf } from '../../bench/targets/submission-key.ts'

const key = 'key-0123456789-0123456789'
const request: Request = {
  method: 'POST',
  path: '/posts',
  headers: { 'volley-key': key },
  body: Buffer.from('[1,2]').toString('base64'),
}

test('a request is its line, its headers, the length of its body and the body', () => {
  expect(createEncoder(request, 'localhost:1')().toString().split('\r\n')).toEqual([
    'POST /posts HTTP/1.1',
    'host: localhost:1',
    `volley-key: ${key}`,
    'content-length: 5',
    '',
    '[1,2]',
  ])
})

test('what a browser makes anew each time differs each time, and nothing else does', () => {
  const encode = createEncoder({ ...request, once: key }, 'localhost:1')
  const [first, second] = [encode().toString(), encode().toString()]
  expect(first).not.toBe(second)
  const keyOf = /volley-key: (\d{25})/
  expect(first.replace(keyOf, '')).toBe(second.replace(keyOf, ''))
  expect(Number(keyOf.exec(second)![1])).toBeGreaterThan(Number(keyOf.exec(first)![1]))
})

test('the key of a submission is in a header of a call, and in a field of a form', () => {
  const field = `name="$ACTION_CALL_KEY"\r\n\r\n${key}\r\n--x--`
  expect(submissionKeyOf(request)).toBe(key)
  expect(
    submissionKeyOf({ ...request, headers: {}, body: Buffer.from(field).toString('base64') }),
  ).toBe(key)
  expect(submissionKeyOf({ ...request, headers: {} })).toBeUndefined()
})
