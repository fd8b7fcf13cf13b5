import { PassThrough } from 'node:stream'
import { Suspense } from 'react'
import { expect, test } from 'vitest'
import { createServerApp, type Modules, type Setup } from '../../test/support/server-app.ts'
import { readPayload, textOf } from '../../test/support/read-payload.ts'
import { send, sendForPayload, serverRequest } from '../../test/support/server-request.ts'
import { after } from '../context/after.ts'
import { forbidden, notFound, redirect, unauthorized } from '../context/interrupt.ts'
import { addDependency } from '../context/dependencies.ts'
import { currentContext } from '../context/request-context.ts'
import { cookies } from '../context/request-state.ts'
import type { FlightStream } from '../flight/render.ts'
import { hashOfTag, tagsOfPage } from '../wire/tag.ts'

const layout = ({ children }: { children?: unknown }): unknown => ['in the layout: ', children]

const modules: Modules = {
  'posts/layout.tsx': { default: layout },
  'posts/[id]/page.tsx': {
    default: async (props: Record<'params' | 'searchParams', Promise<object>>) =>
      JSON.stringify([await props.params, await props.searchParams]),
  },
  'api/route.ts': { GET: () => new Response('api') },
}

async function get(target: string, setup: Setup, headers?: Record<string, string>) {
  const { handler, logged } = createServerApp(setup)
  const answer = await sendForPayload(handler, `/-/payload${target}`, { headers: headers ?? {} })
  return { ...answer, logged, errors: logged.filter((event) => event.kind === 'error') }
}

test('a payload holds the route and all of its regions', async () => {
  const { payload, status, headers } = await get('/posts/7?q=a&q=b', { modules })
  const id = 'page:/posts/[id]?id=7&q=a&q=b'
  expect(status).toBe(200)
  expect(payload.route).toEqual({
    href: '/posts/7?q=a&q=b',
    status: 200,
    chain: [
      { id: 'layout:/', depth: 0 },
      { id: 'layout:/posts', depth: 1 },
      { id, depth: 2, key: '/posts/7' },
    ],
    head: `head:${id}`,
    params: { id: '7' },
    segments: ['posts', '7'],
    tags: tagsOfPage('/posts/7', 'posts/[id]').map(hashOfTag),
  })
  expect(Object.keys(payload.regions!)).toEqual(['layout:/', 'layout:/posts', id, `head:${id}`])
  expect(textOf(payload.regions![id])).toBe('[{"id":"7"},{"q":["a","b"]}]')
  expect(payload.outcome).toBeUndefined()
  expect(headers.get('cache-control')).toBe('private, no-store')
})

/** Reads cached data with a tag, as far as its request sees. */
function read(...tags: string[]): void {
  const { dependencies } = currentContext('read()')
  addDependency(dependencies, { tags, freshUntil: Infinity, usableUntil: Infinity })
}

const LateText = async (): Promise<string> => {
  await new Promise((resolve) => setTimeout(resolve, 40))
  read('late')
  return 'late'
}

test('the tags of all data that was rendered come last', async () => {
  const page = async () => {
    read('early')
    return (
      <Suspense>
        <LateText />
      </Suspense>
    )
  }
  const { payload } = await get('/', { modules: { 'page.tsx': { default: page } } })
  expect(await payload.tags).toEqual(['early', 'late'].map(hashOfTag))
})

test('a page that is not there carries the tags of what said so', async () => {
  const page = async () => {
    read('post-7')
    return notFound()
  }
  const { payload, status } = await get('/', { modules: { 'page.tsx': { default: page } } })
  expect(status).toBe(404)
  expect(await payload.tags).toEqual([hashOfTag('post-7')])
})

test('layouts that the browser has are left out; the page never is', async () => {
  const mounted = ['layout:/', 'page:/posts/[id]?id=7'].map(encodeURIComponent).join(',')
  const { payload } = await get('/posts/7', { modules }, { 'volley-mounted': mounted })
  const id = 'page:/posts/[id]?id=7'
  expect(Object.keys(payload.regions!)).toEqual(['layout:/posts', id, `head:${id}`])
  expect(payload.route?.chain).toHaveLength(3)
})

test.for(['%', '%ZZ,layout:/', ','])(
  'a malformed list of mounted regions counts as none: %s',
  async (list) => {
    const { payload } = await get('/posts/7', { modules }, { 'volley-mounted': list })
    expect(Object.keys(payload.regions!)).toHaveLength(4)
  },
)

test('a browser of another build is told, and gets nothing', async () => {
  const { payload } = await get('/posts/7', { modules }, { 'volley-build': 'other' })
  expect(payload).toEqual({ build: 'this-build', stamp: expect.any(Object), outdated: true })
})

test.for([
  ['/-/payload/api', 'GET'],
  ['/-/payload//evil.example/', 'GET'],
  ['/-/payload/posts/7', 'POST'],
  ['/-/payload/posts/7', 'HEAD'],
] as const)('%s by %s has no payload', async ([target, method]) => {
  const { handler } = createServerApp({ modules })
  const { status, text } = await send(handler, target, { method })
  expect([status, text]).toEqual([404, 'volley: not-found'])
})

test('a path without a page has the root’s not-found file, with status 404', async () => {
  const setup = {
    modules: { ...modules, 'not-found.tsx': { default: async () => 'no such page' } },
  }
  const { payload, status } = await get('/gone', setup)
  expect([status, payload.route?.status]).toEqual([404, 404])
  expect(textOf(payload.regions!['not-found:/gone'])).toBe('no such page')
})

test.for([
  ['not-found', 404, notFound],
  ['forbidden', 403, forbidden],
  ['unauthorized', 401, unauthorized],
] as const)(
  '%s of a page shows the nearest file, with status %i',
  async ([kind, status, interrupt]) => {
    const setup = {
      modules: {
        [`${kind}.tsx`]: { default: async () => 'of the root' },
        [`a/${kind}.tsx`]: { default: async () => 'nearest' },
        'a/b/page.tsx': { default: async () => interrupt() },
      },
    }
    const answer = await get('/a/b', setup)
    expect([answer.status, answer.payload.route?.status]).toEqual([status, status])
    expect(textOf(answer.payload.regions![`${kind}:page:/a/b`])).toBe('nearest')
    expect(answer.errors).toEqual([])
  },
)

test('an interruption of a layout is shown by a file above it', async () => {
  const setup = {
    modules: {
      'not-found.tsx': { default: async () => 'of the root' },
      'a/not-found.tsx': { default: async () => 'beside the layout' },
      'a/layout.tsx': { default: () => notFound() },
      'a/page.tsx': { default: async () => 'the page' },
    },
  }
  const { payload } = await get('/a', setup)
  expect(textOf(payload.regions!['not-found:layout:/a'])).toBe('of the root')
})

test('without a file, Volley’s own text stands inside of the root layout', async () => {
  const setup = { modules: { 'a/page.tsx': { default: async () => forbidden() } } }
  const { payload, status } = await get('/a', setup)
  expect(status).toBe(403)
  expect(payload.route?.chain.map(({ id }) => id)).toEqual(['layout:/', 'forbidden:page:/a'])
})

test('a page that throws is shown by its error file, with status 500, and logged once', async () => {
  const error = new Error('secret')
  const setup = {
    modules: {
      'error.tsx': { default: clientReference() },
      'a/page.tsx': { default: async () => Promise.reject(error) },
    },
  }
  const { payload, status, errors } = await get('/a', setup)
  expect([status, payload.route?.status]).toEqual([500, 500])
  expect(errors).toMatchObject([{ kind: 'error', error, digest: expect.any(String), where: '/a' }])
  expect(textOf(payload.regions!['error:page:/a'])).toBe(`error ${errors[0]!.digest}`)
})

test('an error file must be a client component', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'error.tsx': { default: () => null }, 'page.tsx': { default: () => null } },
  })
  const { status } = await send(handler, '/-/payload/')
  expect(status).toBe(500)
  expect(String(Object(logged[0]).error)).toMatch(/app\/error.tsx must be a Client Component/)
})

test('an error of the app’s own digest keeps it, cut', async () => {
  const error = Object.assign(new Error('secret'), { digest: 'd'.repeat(200) })
  const setup = { modules: { 'a/page.tsx': { default: async () => Promise.reject(error) } } }
  const { errors } = await get('/a', setup)
  expect(errors).toMatchObject([{ digest: 'd'.repeat(128) }])
})

test('what is thrown below the root of a region stays in its place, and is logged once', async () => {
  const Late = async (): Promise<never> => {
    throw new Error('late')
  }
  const setup = {
    modules: { 'a/page.tsx': { default: async () => ['text', <Late key="late" />] } },
  }
  const { payload, status, errors } = await get('/a', setup)
  expect(status).toBe(200)
  expect(errors).toHaveLength(1)
  expect(() => textOf(payload.regions!['page:/a'])).toThrow()
})

test('a page that redirects is answered by its target, which replaces the entry', async () => {
  const setup = {
    modules: { ...modules, 'old/page.tsx': { default: async () => redirect('/posts/7?q=a') } },
  }
  const { payload, status } = await get('/old', setup)
  expect(status).toBe(200)
  expect(payload.outcome).toEqual({ kind: 'redirect', to: '/posts/7?q=a', history: 'replace' })
  expect(payload.route?.href).toBe('/posts/7?q=a')
})

test('a page that redirects to another site is answered by the outcome alone', async () => {
  const setup = {
    modules: { 'old/page.tsx': { default: async () => redirect('https://elsewhere.example/') } },
  }
  const { payload } = await get('/old', setup)
  expect(payload.outcome).toMatchObject({ kind: 'redirect', to: 'https://elsewhere.example/' })
  expect(payload.regions).toBeUndefined()
})

test('a render cannot set cookies, and says so', async () => {
  const setup = {
    modules: { 'a/page.tsx': { default: async () => (await cookies()).set('a', '1') } },
  }
  const { status, errors, headers } = await get('/a', setup)
  expect(status).toBe(500)
  expect(String(errors[0]?.error)).toMatch(/cookies\(\)\.set\(\) was called while rendering/)
  expect(headers.getSetCookie()).toEqual([])
})

test('a slow page does not hold up the head of the answer', async () => {
  const slow = Promise.withResolvers<string>()
  const { handler } = createServerApp({ modules: { 'page.tsx': { default: () => slow.promise } } })
  const { status, body } = await handler(serverRequest('/-/payload/'))
  expect(status).toBe(200)
  slow.resolve('at last')
  const { regions } = await readPayload((body as FlightStream).pipe(new PassThrough()))
  expect(textOf(regions!['page:/'])).toBe('at last')
})

test('after() of a page runs once the answer was sent; what it starts may call it again', async () => {
  const ran: string[] = []
  const done = Promise.withResolvers<void>()
  const page = async (): Promise<string> => {
    after(async () => {
      await new Promise(setImmediate)
      ran.push('first')
      after(() => {
        ran.push('second')
        done.resolve()
      })
    })
    ran.push('page')
    return ''
  }
  await get('/', { modules: { 'page.tsx': { default: page } } })
  await done.promise
  expect(ran).toEqual(['page', 'first', 'second'])
})

test('a promise given to after() that rejects is logged, and harms nobody', async () => {
  const page = async (): Promise<string> => {
    after(Promise.reject(new Error('in after')))
    await new Promise((resolve) => {
      setTimeout(resolve)
    })
    return ''
  }
  const { logged } = await get('/', { modules: { 'page.tsx': { default: page } } })
  await Promise.resolve()
  expect(logged).toMatchObject([{ kind: 'error', error: new Error('in after') }])
})

function clientReference(): unknown {
  return Object.assign(() => null, { $$typeof: Symbol.for('react.client.reference'), $$id: 'x#y' })
}
