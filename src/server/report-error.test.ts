import { expect, test } from 'vitest'
import { ControlFlowError } from '../wire/control-flow.ts'
import { quote, type LogEvent } from './log.ts'
import { abandoned } from './exchange.ts'
import { documentReports, reportError } from './report-error.ts'

function reports(...errors: unknown[]): { digests: string[]; logged: LogEvent[] } {
  const logged: LogEvent[] = []
  const digests = errors.map((error) => reportError(error, (event) => logged.push(event), '/x'))
  return { digests, logged }
}

test('an error is logged once, with the digest that the browser gets', () => {
  const error = new Error('secret')
  const { digests, logged } = reports(error, error)
  expect(new Set(digests).size).toBe(1)
  expect(logged).toEqual([{ kind: 'error', error, digest: digests[0], where: '/x' }])
  expect(digests[0]).not.toContain('secret')
})

test('thrown strings and objects are errors too', () => {
  const { digests, logged } = reports('text', { message: 'x' }, null, undefined)
  expect(logged).toHaveLength(4)
  expect(digests.every((digest) => /^[\da-f]{8}$/.test(digest))).toBe(true)
})

test('a digest of the app’s own making is passed on, cut short', () => {
  const error = Object.assign(new Error('x'), { digest: 'd'.repeat(200) })
  expect(reports(error).digests).toEqual(['d'.repeat(128)])
})

test('redirects and interruptions are no errors', () => {
  const { digests, logged } = reports(new ControlFlowError({ kind: 'not-found' }))
  expect(digests).toEqual(['NEXT_HTTP_ERROR_FALLBACK;404'])
  expect(logged).toEqual([])
})

test('untrusted text in a log is one short line', () => {
  expect(quote('a\r\nb\x1b[31m\u2028\x7f')).toBe(String.raw`"a\r\nb\u001b[31m\u2028\u007f"`)
  expect(quote('x'.repeat(500)).length).toBeLessThan(140)
})

test('a rendering that was abandoned is no error', () => {
  expect(reports(abandoned)).toEqual({ digests: [''], logged: [] })
})

test('what a payload’s error is to the HTML renderer is not logged again', () => {
  const logged: LogEvent[] = []
  const { onPayloadError, onHtmlError } = documentReports((event) => logged.push(event), {
    where: '/x',
  })
  const digest = onPayloadError(new Error('secret'))
  const copy = Object.assign(new Error('masked'), { digest })
  expect([onHtmlError(copy), onHtmlError(copy)]).toEqual([digest, digest])
  expect(logged).toHaveLength(1)
})

test('an error of the HTML renderer’s own is logged, whatever digest it brings', () => {
  const logged: LogEvent[] = []
  const { onPayloadError, onHtmlError } = documentReports((event) => logged.push(event), {
    where: '/x',
  })
  onPayloadError(new Error('secret'))
  onHtmlError(new Error('in a client component'))
  expect(onHtmlError(Object.assign(new Error('x'), { digest: 'mine' }))).toBe('mine')
  expect(logged).toHaveLength(3)
})
