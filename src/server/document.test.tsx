import { expect, test } from 'vitest'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { send } from '../../test/support/server-request.ts'
import { notFound, permanentRedirect, redirect } from '../context/interrupt.ts'

async function get(target: string, modules: Modules) {
  const { handler, logged } = createServerApp({ modules })
  const sent = await send(handler, target)
  return { ...sent, errors: logged.filter((event) => event.kind === 'error') }
}

const clientReference = (): unknown =>
  Object.assign(() => null, { $$typeof: Symbol.for('react.client.reference'), $$id: 'x#y' })

const Thrown = async (): Promise<never> => {
  throw new Error('below the root')
}

test('a document holds the regions of its page', async () => {
  const { status, text, headers } = await get('/', {
    'layout.tsx': { default: ({ children }: { children: unknown }) => ['layout', children] },
    'page.tsx': { default: async () => 'page' },
  })
  expect([status, text]).toEqual([200, '|layout|page'])
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('cache-control')).toBe('private, no-store')
})

test.for([
  ['redirect()', 303, () => redirect('/to?a=ü#b')],
  ['permanentRedirect()', 308, () => permanentRedirect('/to?a=ü#b')],
] as [string, number, () => never][])('%s of a page is %i', async ([, status, page]) => {
  const answer = await get('/', { 'page.tsx': { default: async () => page() } })
  expect([answer.status, answer.headers.get('location')]).toEqual([status, '/to?a=%C3%BC#b'])
  expect(answer.errors).toEqual([])
})

test('redirect() of metadata redirects the document', async () => {
  const { status } = await get('/', {
    'page.tsx': { default: () => 'page', generateMetadata: async () => redirect('/to') },
  })
  expect(status).toBe(303)
})

test('a page that throws below its root is shown by its boundary, and logged once', async () => {
  const { status, text, errors } = await get('/', {
    'error.tsx': { default: clientReference() },
    'page.tsx': { default: async () => <Thrown /> },
  })
  expect(status).toBe(500)
  expect(errors).toHaveLength(1)
  expect(text).toBe(`||error ${errors[0]!.digest}`)
})

test('a not-found file that calls notFound() itself is replaced by the one above', async () => {
  const { status, text } = await get('/a', {
    'not-found.tsx': { default: async () => 'of the root' },
    'a/not-found.tsx': { default: () => notFound() },
    'a/page.tsx': { default: async () => notFound() },
  })
  expect([status, text]).toEqual([404, '||of the root'])
})

test('an app whose last boundary fails is answered by Volley’s own text', async () => {
  const { status } = await get('/', {
    'not-found.tsx': { default: () => notFound() },
    'page.tsx': { default: async () => notFound() },
  })
  expect(status).toBe(404)
})

test('an app whose root layout throws has no layout around the error', async () => {
  const { status, text, errors } = await get('/', {
    'layout.tsx': { default: () => Promise.reject(new Error('secret')) },
    'page.tsx': { default: async () => 'page' },
  })
  expect(status).toBe(500)
  expect(errors).toHaveLength(1)
  expect(text).toBe(`|error ${errors[0]!.digest}`)
})

test('a module that cannot be loaded is an error without any detail', async () => {
  const { app, handler, logged } = createServerApp({ modules: { 'page.tsx': {} } })
  Object.assign(app.files, { 'page.tsx': () => Promise.reject(new Error('secret')) })
  const { status, text } = await send(handler, '/')
  expect([status, text]).toEqual([500, 'Internal Server Error'])
  expect(logged).toMatchObject([{ kind: 'error', error: new Error('secret'), where: '/' }])
})

test('a module that failed to load is loaded again by the next request', async () => {
  const { app, handler } = createServerApp({ modules: { 'page.tsx': {} } })
  let loads = 0
  const load = async () => {
    if (loads++ === 0) throw new Error('not yet')
    return { module: { default: () => 'page' }, css: null }
  }
  Object.assign(app.files, { 'page.tsx': load })
  const statuses = [(await send(handler, '/')).status, (await send(handler, '/')).status]
  expect([...statuses, (await send(handler, '/')).status, loads]).toEqual([500, 200, 200, 2])
})

test('a page without a component is an error that names its file', async () => {
  const { status, errors } = await get('/', { 'page.tsx': {} })
  expect(status).toBe(500)
  expect(String(errors[0]?.error)).toMatch(/app\/page.tsx must export a component by default/)
})
