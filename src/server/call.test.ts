import { expect, test } from 'vitest'
import { call, callOf, send } from '../../test/support/server-request.ts'
import { createServerApp } from '../../test/support/server-app.ts'
import { textOf } from '../../test/support/read-payload.ts'
import { refresh, revalidatePath, revalidateTag, updateTag } from '../cache/revalidate.ts'
import { after } from '../context/after.ts'
import { forbidden, notFound, redirect, unauthorized } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'

const visits = { default: async () => 'the page' }
const cookiesPage = {
  default: async () => `theme: ${(await cookies()).get('theme')?.value ?? 'none'}`,
}

test('a call that changes nothing is answered by its value alone', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { add: async (a: number, b: number) => ({ sum: a + b, at: new Date(0) }) },
  })
  const { status, payload, headers } = await call(handler, 'add', { args: [40, 2] })
  expect(status).toBe(200)
  expect(payload).toEqual({
    build: 'this-build',
    stamp: { instance: expect.any(String), counter: 1 },
    outcome: { kind: 'value', value: { sum: 42, at: new Date(0) } },
  })
  expect(headers.get('content-type')).toBe('text/x-component')
  expect(headers.get('cache-control')).toBe('private, no-store')
})

test.for([
  ['revalidatePath()', () => revalidatePath('/posts'), 'page:/posts'],
  ['revalidatePath() of a layout', () => revalidatePath('/posts', 'layout'), 'layout:/posts'],
  [
    'revalidatePath() of a pattern',
    () => revalidatePath('/posts/[id]', 'page'),
    tagOfPath('/posts/[id]', 'page'),
  ],
  ['updateTag()', () => updateTag('posts'), 'posts'],
  ['revalidateTag() without a profile', () => revalidateTag('posts'), 'posts'],
  ['revalidateTag() that expires at once', () => revalidateTag('posts', { expire: 0 }), 'posts'],
  ['refresh()', () => refresh(), undefined],
  ['setting a cookie', async () => (await cookies()).set('a', '1'), 'layout:/'],
  ['deleting a cookie', async () => (await cookies()).delete('a'), 'layout:/'],
] as [string, () => unknown, string | undefined][])(
  'the answer carries the page after %s',
  async ([, change, dropped]) => {
    const { handler } = createServerApp({
      modules: { 'page.tsx': visits },
      functions: { change: async () => void (await change()) },
    })
    const { payload } = await call(handler, 'change')
    expect(payload.outcome).toEqual({ kind: 'value', value: undefined })
    expect(Object.keys(payload.regions ?? {})).toEqual(['layout:/', 'page:/', 'head:page:/'])
    expect(textOf(payload.regions!['page:/'])).toBe('the page')
    expect(payload.dropped).toEqual(dropped && [hashOfTag(dropped)])
  },
)

test('stale-while-revalidate puts no page into the answer', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { change: async () => revalidateTag('posts', 'max') },
  })
  const { payload } = await call(handler, 'change')
  expect(payload.regions).toBeUndefined()
  expect(payload.dropped).toBeUndefined()
})

test('the page in the answer sees the cookie that the call has set', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': cookiesPage },
    functions: { dark: async () => (await cookies()).set('theme', 'dark') },
  })
  const headers = { cookie: 'theme=light' }
  const { payload, headers: answered } = await call(handler, 'dark', { headers })
  expect(textOf(payload.regions!['page:/'])).toBe('theme: dark')
  expect(answered.getSetCookie()).toEqual(['theme=dark; Path=/'])
})

const twoPages = {
  'page.tsx': visits,
  'posts/[id]/page.tsx': {
    default: async ({ params }: { params: Promise<{ id: string }> }) => `post ${(await params).id}`,
  },
}

test('a redirect is answered by the page that it leads to', async () => {
  const { handler } = createServerApp({
    modules: twoPages,
    functions: { create: async () => redirect('/posts/7?new=1#end') },
  })
  const { status, payload } = await call(handler, 'create')
  expect(status).toBe(200)
  expect(payload.outcome).toEqual({ kind: 'redirect', to: '/posts/7?new=1#end', history: 'push' })
  expect(payload.route).toMatchObject({ href: '/posts/7?new=1', params: { id: '7' }, status: 200 })
  expect(textOf(payload.regions!['page:/posts/[id]?id=7&new=1'])).toBe('post 7')
})

test.for<[string, string, string]>([
  ['another site', 'https://elsewhere.example/a?b#c', 'https://elsewhere.example/a?b#c'],
  ['a route handler', '/api', '/api'],
  ['a page of another document', '/other', '/other'],
])('a redirect to %s is told and not rendered', async ([, to, told]) => {
  const { handler } = createServerApp({
    modules: {
      'layout.tsx': undefined,
      '(main)/layout.tsx': { default: ({ children }: { children: unknown }) => children },
      '(main)/page.tsx': visits,
      '(other)/layout.tsx': { default: ({ children }: { children: unknown }) => children },
      '(other)/other/page.tsx': visits,
      'api/route.ts': { GET: () => new Response() },
    },
    functions: { go: async () => redirect(to) },
  })
  const { payload } = await call(handler, 'go')
  expect(payload.outcome).toEqual({ kind: 'redirect', to: told, history: 'push' })
  expect(payload.regions).toBeUndefined()
})

test('a redirect to an absolute URL of the own origin is a path', async () => {
  const { handler } = createServerApp({
    modules: twoPages,
    functions: { go: async () => redirect('http://app.example/posts/7') },
  })
  const { payload } = await call(handler, 'go')
  expect(payload.outcome).toMatchObject({ kind: 'redirect', to: '/posts/7' })
  expect(payload.route?.href).toBe('/posts/7')
})

test('pages that redirect are followed; the outcome stays that of the call', async () => {
  const { handler } = createServerApp({
    modules: {
      'page.tsx': visits,
      'a/page.tsx': { default: async () => redirect('/b') },
      'b/page.tsx': { default: async () => 'page b' },
    },
    functions: { go: async () => redirect('/a') },
  })
  const { payload } = await call(handler, 'go')
  expect(payload.outcome).toEqual({ kind: 'redirect', to: '/a', history: 'push' })
  expect(payload.route?.href).toBe('/b')
  expect(textOf(payload.regions!['page:/b'])).toBe('page b')
})

test('pages that redirect in a circle are logged, and the call has its outcome', async () => {
  const { handler, logged } = createServerApp({
    modules: {
      'page.tsx': visits,
      'a/page.tsx': { default: async () => redirect('/b') },
      'b/page.tsx': { default: async () => redirect('/a') },
    },
    functions: { go: async () => redirect('/a') },
  })
  const { status, text } = await send(handler, '/', await callOf('go', []))
  expect(status).toBe(200)
  expect(text).toContain('"outcome":{"kind":"redirect","to":"/a","history":"push"}')
  expect(logged.filter(({ kind }) => kind === 'error')).toHaveLength(1)
  expect(logged.find(({ kind }) => kind === 'error')).toMatchObject({
    error: { message: expect.stringMatching(/redirects in a circle/) as string },
  })
})

test('a page that cannot be shown does not take along what the call invalidated', async () => {
  const { handler } = createServerApp({
    modules: {
      'page.tsx': visits,
      'a/page.tsx': { default: async () => redirect('/b') },
      'b/page.tsx': { default: async () => redirect('/a') },
    },
    functions: {
      go: async () => {
        revalidatePath('/posts')
        return redirect('/a')
      },
    },
  })
  const { text } = await send(handler, '/', await callOf('go', []))
  expect(text).toContain(`"dropped":["${hashOfTag('page:/posts')}"]`)
})

test.for([
  ['not-found', 404, notFound],
  ['forbidden', 403, forbidden],
  ['unauthorized', 401, unauthorized],
] as const)(
  '%s of a function is its outcome, with status %i',
  async ([kind, status, interrupt]) => {
    const { handler, logged } = createServerApp({
      modules: { 'page.tsx': visits },
      functions: { interrupt: async () => interrupt() },
    })
    const answer = await call(handler, 'interrupt')
    expect(answer.status).toBe(status)
    expect(answer.payload.outcome).toEqual({ kind })
    expect(answer.payload.regions).toBeUndefined()
    expect(logged.filter((event) => event.kind === 'error')).toEqual([])
  },
)

test('an interruption after an invalidation carries the page all the same', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: {
      async change() {
        refresh()
        notFound()
      },
    },
  })
  const { status, payload } = await call(handler, 'change')
  expect(status).toBe(404)
  expect(textOf(payload.regions!['page:/'])).toBe('the page')
})

const secret = new Error('the password is hunter2')
const throwing = {
  modules: { 'page.tsx': visits },
  functions: { fail: async () => Promise.reject(secret) },
}

test('an error is logged once, and in production the browser gets its digest alone', async () => {
  const { handler, logged } = createServerApp(throwing)
  const { status, payload } = await call(handler, 'fail')
  const errors = logged.filter((event) => event.kind === 'error')
  expect(status).toBe(500)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({ error: secret, where: 'app/functions.ts#fail' })
  expect(payload.outcome).toEqual({ kind: 'error', error: { digest: errors[0]!.digest } })
})

test('in development the browser gets the message too', async () => {
  const { handler } = createServerApp({ ...throwing, isDevelopment: true })
  const { payload } = await call(handler, 'fail')
  const error = { name: 'Error', message: 'the password is hunter2', stack: expect.any(String) }
  expect(payload.outcome).toMatchObject({ kind: 'error', error })
})

test('a promise in the value that rejects after the head is logged once', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { late: async () => ({ later: Promise.reject(new Error('late')) }) },
  })
  const { status, payload } = await call(handler, 'late')
  const { later } = Object(Object(payload.outcome).value) as { later: Promise<unknown> }
  const failure = await Promise.resolve(later).catch((error: unknown) => error)
  const errors = logged.filter((event) => event.kind === 'error')
  expect(status).toBe(200)
  expect(errors).toHaveLength(1)
  expect(failure).toMatchObject({ digest: errors[0]!.digest })
})

test('a page of another build gets the value and is told, but no elements', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { change: async () => refresh() },
  })
  const { payload } = await call(handler, 'change', { headers: { 'volley-build': 'other' } })
  expect(payload).toMatchObject({ outcome: { kind: 'value' }, outdated: true })
  expect(payload.regions).toBeUndefined()
})

test('a page of this build is not outdated', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { change: async () => refresh() },
  })
  const { payload } = await call(handler, 'change', { headers: { 'volley-build': 'this-build' } })
  expect(payload.outdated).toBeUndefined()
  expect(payload.regions).toBeDefined()
})

test('cookies set after the function has ended are refused, not lost', async () => {
  const late = Promise.withResolvers<unknown>()
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: {
      async leave() {
        const jar = await cookies()
        setTimeout(() => {
          try {
            late.resolve(jar.set('late', '1'))
          } catch (error) {
            late.resolve(error)
          }
        })
      },
    },
  })
  const { headers } = await call(handler, 'leave')
  expect(String(await late.promise)).toMatch(/cookies\(\)\.set\(\) was called/)
  expect(headers.getSetCookie()).toEqual([])
})

test('the page in the answer of a call cannot set cookies, though the function could', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'page.tsx': { default: async () => (await cookies()).set('b', '2') } },
    functions: { change: async () => (await cookies()).set('a', '1') },
  })
  const { headers } = await call(handler, 'change')
  expect(headers.getSetCookie()).toEqual(['a=1; Path=/'])
  expect(String(Object(logged[0]).error)).toMatch(/cookies\(\)\.set\(\) was called while rendering/)
})

test('after() runs when the answer was sent, however the function ended', async () => {
  const ran: string[] = []
  const { handler, logged } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: {
      async fail() {
        after(() => ran.push('after'))
        after(() => Promise.reject(new Error('in after')))
        ran.push('function')
        throw new Error('in function')
      },
    },
  })
  await call(handler, 'fail')
  await Promise.resolve()
  expect(ran).toEqual(['function', 'after'])
  const errors = logged.filter((event) => event.kind === 'error')
  expect(errors.map(({ error }) => String(error))).toEqual([
    'Error: in function',
    'Error: in after',
  ])
})

test('two hundred calls at once each see their own request', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': cookiesPage },
    functions: {
      async mark(wait: number) {
        const before = (await cookies()).get('theme')?.value
        await new Promise((resolve) => {
          setTimeout(resolve, wait)
        })
        ;(await cookies()).set('theme', `${before}!`)
        if (wait === 3) throw new Error('one of them fails')
      },
    },
  })
  const users = Array.from({ length: 200 }, (_, i) => i)
  const answers = await Promise.all(
    users.map((i) => {
      return call(handler, 'mark', { args: [i % 5], headers: { cookie: `theme=${i}` } })
    }),
  )
  const seen = answers.map(({ payload, headers }) => ({
    text: textOf(payload.regions!['page:/']),
    cookies: headers.getSetCookie(),
  }))
  expect(seen).toEqual(
    users.map((i) => ({ text: `theme: ${i}!`, cookies: [`theme=${i}!; Path=/`] })),
  )
})

test('in development a call is logged with its name, its arguments and what it ended in', async () => {
  const { handler, logged } = createServerApp({
    isDevelopment: true,
    modules: { 'page.tsx': visits },
    functions: { change: async () => refresh() },
  })
  await call(handler, 'change', { args: ['a'] })
  expect(logged).toEqual([
    {
      kind: 'call',
      name: 'app/functions.ts#change',
      args: ['a'],
      outcome: 'value',
      milliseconds: expect.any(Number),
      regions: 3,
    },
  ])
})

test('an argument that only the browser can read goes back to it as itself', async () => {
  const { handler } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { echo: async (opaque: unknown) => ({ opaque }) },
  })
  const headers = { 'volley-call': 'echo' }
  const { text } = await send(handler, '/', { method: 'POST', headers, body: '["$T"]' })
  expect(text).toMatch(/"opaque":"\$T0:0"/)
})

test('looking into an argument that only the browser can read is an error', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'page.tsx': visits },
    functions: { peek: async (opaque: { title: string }) => opaque.title },
  })
  const headers = { 'volley-call': 'peek' }
  const { status } = await send(handler, '/', { method: 'POST', headers, body: '["$T"]' })
  expect(status).toBe(500)
  expect(String(Object(logged[0]).error)).toMatch(/Cannot access title on the server/)
})
