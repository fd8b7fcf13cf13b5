import { expect, test } from 'vitest'
import { controlFlowOf } from '../wire/control-flow.ts'
import {
  forbidden,
  notFound,
  permanentRedirect,
  redirect,
  rethrow,
  unauthorized,
} from './interrupt.ts'

function flowOf(interrupt: () => never): unknown {
  try {
    return interrupt()
  } catch (error) {
    return controlFlowOf(error) ?? error
  }
}

test('each function throws its own control flow', () => {
  const target = { kind: 'redirect', to: '/posts?q=ä;b' }
  expect(flowOf(() => redirect('/posts?q=ä;b'))).toEqual({
    ...target,
    permanent: false,
    history: null,
  })
  expect(flowOf(() => redirect('/posts?q=ä;b', 'replace'))).toMatchObject({ history: 'replace' })
  expect(flowOf(() => permanentRedirect('/posts?q=ä;b'))).toMatchObject({ permanent: true })
  expect([notFound, forbidden, unauthorized].map((interrupt) => flowOf(interrupt))).toEqual([
    { kind: 'not-found' },
    { kind: 'forbidden' },
    { kind: 'unauthorized' },
  ])
})

test.for(['/', '/a/b', './x', '../x', '..', '?q=1', '#top', 'https://example.com/x', 'HTTP://a.b'])(
  'redirect() takes %s',
  (to) => {
    expect(flowOf(() => redirect(to))).toMatchObject({ kind: 'redirect', to })
  },
)

const refused = [
  '',
  'x',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/a\nb',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'http:evil.example',
  'https:/evil.example',
  'https://',
  'https:\\\\evil.example',
  '\0/x',
  '.evil',
  '/\x7f',
]
test.for(refused)('redirect() refuses %j and names it', (to) => {
  const thrown = flowOf(() => redirect(to))
  expect(thrown).toBeInstanceOf(TypeError)
  expect((thrown as Error).message).toContain(JSON.stringify(to))
})

test('rethrow passes control flow on, also as a cause, and leaves other errors', () => {
  const redirected = (): never => redirect('/x')
  const caught = (() => {
    try {
      return redirected()
    } catch (error) {
      return error
    }
  })()
  expect(() => rethrow(caught)).toThrow('NEXT_')
  expect(() => rethrow(new Error('wrapped', { cause: caught }))).toThrow(caught)
  expect(() => rethrow(new Error('other'))).not.toThrow()
  expect(() => rethrow('text')).not.toThrow()
})
