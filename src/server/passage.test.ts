import { expect, test, vi } from 'vitest'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp, type Modules, type Setup } from '../../test/support/server-app.ts'
import { call, callOf, send, sendForPayload, type Sent } from '../../test/support/server-request.ts'
import { refresh, revalidatePath } from '../cache/revalidate.ts'
import { after } from '../context/after.ts'
import { notFound, redirect } from '../context/interrupt.ts'
import { cookies, headers } from '../context/request-state.ts'
import type { SiteConfig } from './config.ts'
import type { VolleyRequest } from './volley-request.ts'
import { VolleyResponse } from './volley-response.ts'

type Middleware = (request: VolleyRequest, event: { waitUntil: (work: unknown) => void }) => unknown

/** Pages that tell what they were rendered for. */
const shown = async (props: Record<'params' | 'searchParams', Promise<object>>) =>
  JSON.stringify([await props.params, await props.searchParams])
const modules: Modules = {
  'page.tsx': { default: () => 'home' },
  'login/page.tsx': { default: () => 'login' },
  'admin/page.tsx': { default: () => 'admin' },
  'posts/[id]/page.tsx': { default: shown },
  'cookie/page.tsx': { default: async () => `cookie: ${String(await cookies())}` },
  'header/page.tsx': { default: async () => `header: ${(await headers()).get('x-from')}` },
  'echo/route.ts': {
    POST: async (request: VolleyRequest) =>
      Response.json([
        request.nextUrl.pathname,
        request.headers.get('x-from'),
        await request.text(),
      ]),
  },
  'moving/page.tsx': { default: () => redirect('/admin') },
}

const functions = {
  value: async () => 'the value',
  show: async () => refresh(),
  go: async (to: string) => redirect(to),
  signIn: async () => {
    ;(await cookies()).set('session', 'ada')
    redirect('/admin')
  },
}

function app(middleware: Middleware | null, more: Partial<Setup> & { matcher?: unknown } = {}) {
  const { matcher, ...setup } = more
  const config = matcher === undefined ? {} : { config: { matcher } }
  const module = middleware && { middleware, ...config }
  return createServerApp({
    modules,
    functions,
    ...(module ? { middleware: module } : {}),
    ...setup,
  })
}

const guard: Middleware = (request) => {
  const { pathname } = request.nextUrl
  if (!pathname.startsWith('/admin') || request.cookies.has('session')) return undefined
  return VolleyResponse.redirect(new URL('/login', request.url))
}

test('without a response of middleware the request goes on', async () => {
  const { handler } = app(() => undefined)
  expect((await send(handler, '/')).text).toMatch('home')
})

test.for(['/admin', '/admin/', '/%61dmin', '/admin?x', '/adm%69n/'])(
  'a redirect guards the page at %s',
  async (target) => {
    const { handler } = app(guard, { matcher: '/admin/:path*' })
    const { status, headers: sent, text } = await send(handler, target)
    expect([status, sent.get('location'), text]).toEqual([307, '/login', ''])
  },
)

test.for(['/über', '/%C3%BCber', '/%c3%BCber'])(
  'the matcher %s is of one path',
  async (matcher) => {
    const { handler } = app(() => Response.json('guarded'), { matcher })
    for (const target of ['/%C3%BCber', '/%c3%bcber/', '/\u00fcber']) {
      expect((await send(handler, target)).text).toBe('"guarded"')
    }
  },
)

test('a payload of a guarded page is that of the page that the redirect leads to', async () => {
  const { handler } = app(guard)
  const { payload, status } = await sendForPayload(handler, '/-/payload/admin')
  expect(status).toBe(200)
  expect(payload.outcome).toEqual({ kind: 'redirect', to: '/login', history: 'replace' })
  expect(payload.route?.href).toBe('/login')
  expect(JSON.stringify(Object.keys(payload.regions!))).not.toMatch('admin')
})

test('the target of a redirect goes through middleware, too', async () => {
  const { handler } = app(guard)
  const direct = await call(handler, 'go', { args: ['/admin'] })
  const byPage = await call(handler, 'go', { args: ['/moving'] })
  expect(direct.payload.route?.href).toBe('/login')
  expect(direct.payload.outcome).toMatchObject({ kind: 'redirect', to: '/login' })
  expect(byPage.payload.route?.href).toBe('/login')
})

test('middleware for the target of a redirect sees the cookies that the function has set', async () => {
  const { handler } = app(guard)
  const { payload, headers: sent } = await call(handler, 'signIn')
  expect(payload.route?.href).toBe('/admin')
  expect(sent.getSetCookie()).toEqual(['session=ada; Path=/'])
})

test('a redirect answers a call, whose function does not run (251)', async () => {
  const { handler, logged } = app(guard, {
    functions: { ...functions, value: async () => Promise.reject(new Error('ran')) },
  })
  const { status, payload } = await call(handler, 'value', { target: '/admin' })
  expect([status, payload.route?.href]).toEqual([200, '/login'])
  expect(payload.outcome).toEqual({ kind: 'redirect', to: '/login', history: 'push' })
  expect(logged.filter(({ kind }) => kind === 'error')).toEqual([])
})

test('what the guard of a call refuses never reaches middleware', async () => {
  let runs = 0
  const { handler } = app(() => void runs++)
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const post = { method: 'POST', body: '[]', headers: { 'volley-call': 'value', ...foreign } }
  expect((await send(handler, '/', post)).status).toBe(403)
  const form: Sent = { method: 'POST', body: new FormData(), headers: foreign }
  expect((await send(handler, '/', form)).status).toBe(403)
  expect(runs).toBe(0)
})

test('a rewrite shows another page under the address that was asked for (121, 249)', async () => {
  const { handler } = app((request) =>
    request.nextUrl.pathname === '/p'
      ? VolleyResponse.rewrite(new URL(`/posts/7${request.nextUrl.search}`, request.url))
      : VolleyResponse.next(),
  )
  const { payload } = await sendForPayload(handler, '/-/payload/p?q=1')
  expect(payload.route?.href).toBe('/p?q=1')
  expect(textOf(payload.regions!['page:/posts/[id]?id=7&q=1'])).toBe('[{"id":"7"},{"q":"1"}]')
  const called = await call(handler, 'show', { target: '/p?q=1' })
  expect([called.status, called.payload.route?.href]).toEqual([200, '/p?q=1'])
  const redirected = await call(handler, 'go', { args: ['/p?q=2'] })
  expect(redirected.payload.route?.href).toBe('/p?q=2')
  expect(Object.keys(redirected.payload.regions!)).toContain('page:/posts/[id]?id=7&q=2')
})

test('what middleware copies from a request says nothing about it', async () => {
  const { handler } = app((request) => VolleyResponse.next({ headers: request.headers }))
  const claims = {
    'x-middleware-rewrite': '/admin',
    'x-middleware-override-headers': 'x-from',
    'x-middleware-request-x-from': 'a visitor',
  }
  const { text } = await send(handler, '/header', { headers: claims })
  expect(text).toMatch('header: null')
})

test('where a redirect leads is asked for with the cookies that it sets', async () => {
  const { handler } = app((request) => {
    if (request.cookies.has('seen')) return undefined
    const response = VolleyResponse.redirect(request.url)
    response.cookies.set('seen', '1')
    return response
  })
  const { payload, headers: sent } = await sendForPayload(handler, '/-/payload/cookie')
  expect(payload.route?.href).toBe('/cookie')
  expect(textOf(payload.regions!['page:/cookie'])).toBe('cookie: seen=1')
  expect(sent.getSetCookie()).toEqual(['seen=1; Path=/'])
})

test('and a landing, too', async () => {
  const { handler } = app((request) => {
    if (request.nextUrl.pathname !== '/cookie' || request.cookies.has('seen')) return undefined
    const response = VolleyResponse.redirect(request.url)
    response.cookies.set('seen', '1')
    return response
  })
  const { payload, headers: sent } = await call(handler, 'go', { args: ['/cookie'] })
  expect(textOf(payload.regions!['page:/cookie'])).toBe('cookie: seen=1')
  expect(sent.getSetCookie()).toEqual(['seen=1; Path=/'])
})

test('a landing reads the cookies of its middleware beside those of the function', async () => {
  const seen = { headers: { 'set-cookie': 'seen=1' } }
  const middleware: Middleware = ({ nextUrl }) =>
    VolleyResponse.next(nextUrl.pathname === '/cookie' ? seen : {})
  const { handler } = app(middleware, {
    functions: {
      signIn: async () => {
        ;(await cookies()).set('session', 'ada')
        redirect('/cookie')
      },
    },
  })
  const { payload, headers: sent } = await call(handler, 'signIn')
  expect(textOf(payload.regions!['page:/cookie'])).toBe('cookie: session=ada; seen=1')
  expect(sent.getSetCookie()).toContain('session=ada; Path=/')
})

test('a cookie of middleware that another server has made is no error, whatever it says', async () => {
  const { handler } = app(() => {
    const response = VolleyResponse.next()
    for (const line of ['a(b)=1; Expires=Session', 'none', 'c=2; Max-Age=soon', 'd=; Max-Age=0']) {
      response.headers.append('set-cookie', line)
    }
    return response
  })
  const { status, text } = await send(handler, '/cookie', { headers: { cookie: 'd=3' } })
  expect(status).toBe(200)
  expect(text).toMatch('cookie: a(b)=1; c=2')
})

test('a rewritten page is revalidated by the path of what it shows (186)', async () => {
  const { app: made, handler } = app((request) =>
    request.nextUrl.pathname === '/p'
      ? VolleyResponse.rewrite(new URL('/posts/7', request.url))
      : null,
  )
  const { payload } = await sendForPayload(handler, '/-/payload/p')
  const own = await sendForPayload(handler, '/-/payload/posts/7')
  expect(payload.route?.tags).toEqual(own.payload.route?.tags)
  expect(made.match('/p').kind).toBe('none')
})

test('a rewrite to another site is an error that names the file', async () => {
  const { handler, logged } = app(() => VolleyResponse.rewrite('https://other.example/x'))
  expect((await send(handler, '/')).status).toBe(500)
  expect(String(logged[0]?.kind === 'error' && logged[0].error)).toMatch(
    'middleware.ts rewrites / to https://other.example/x, which is no path of this app.',
  )
})

test('headers for the request reach the page, those for the answer the browser (248)', async () => {
  const { handler } = app((request) => {
    const changed = new Headers(request.headers)
    changed.set('x-from', 'middleware')
    return VolleyResponse.next({ request: { headers: changed }, headers: { 'x-answer': 'yes' } })
  })
  const document = await send(handler, '/header')
  expect(document.text).toMatch('header: middleware')
  expect(document.headers.get('x-answer')).toBe('yes')
  expect([...document.headers.keys()].filter((name) => name.startsWith('x-middleware'))).toEqual([])
})

test('what a visitor sends by the names of such headers is nothing', async () => {
  const { handler } = app(guard)
  const sent = {
    'x-middleware-next': '1',
    'x-middleware-rewrite': '/',
    'x-middleware-subrequest': 'middleware:middleware',
  }
  expect((await send(handler, '/admin', { headers: sent })).status).toBe(307)
})

test('cookies of middleware are seen by the page, and kept beside those of the function (252)', async () => {
  const { handler } = app(() => {
    const response = VolleyResponse.next()
    response.cookies.set('seen', 'yes', { httpOnly: true })
    return response
  })
  const document = await send(handler, '/cookie', { headers: { cookie: 'a=1' } })
  expect(document.text).toMatch('cookie: a=1; seen=yes')
  expect(document.headers.getSetCookie()).toEqual(['seen=yes; Path=/; HttpOnly'])
  const { headers: sent } = await call(handler, 'signIn')
  expect(sent.getSetCookie()).toContain('session=ada; Path=/')
  expect(sent.getSetCookie()).toContain('seen=yes; Path=/; HttpOnly')
})

test('a cookie of middleware alone makes a call carry no page', async () => {
  const { handler } = app(async () => {
    ;(await cookies()).set('seen', 'yes')
  })
  const { payload, headers: sent } = await call(handler, 'value')
  expect(payload.regions).toBeUndefined()
  expect(sent.getSetCookie()).toEqual(['seen=yes; Path=/'])
})

test('cookies that are set on the request are those that go on', async () => {
  const { handler } = app((request) => {
    request.cookies.set('session', 'new')
    return VolleyResponse.next({ request })
  })
  expect((await send(handler, '/cookie')).text).toMatch('cookie: session=new')
})

test('any other response is the answer', async () => {
  const { handler } = app(() => Response.json({ error: 'no' }, { status: 401 }))
  const document = await send(handler, '/')
  expect([document.status, document.text]).toEqual([401, '{"error":"no"}'])
  const called = await send(handler, '/', await callOf('value', []))
  expect([called.status, called.text]).toEqual([401, '{"error":"no"}'])
})

test('middleware that reads the body leaves it to the function and to the handler (78, 250)', async () => {
  const read: string[] = []
  const middleware: Middleware = async (request) => {
    read.push(await request.text(), await request.clone().text())
  }
  const { handler } = app(middleware, { config: { bodySizeLimit: 100_000 } })
  const list = Array.from({ length: 10_000 }, (_, i) => i)
  const { payload } = await call(handler, 'value', { args: [list] })
  expect(payload.outcome).toEqual({ kind: 'value', value: 'the value' })
  expect(read[0]).toBe(read[1])
  expect(JSON.parse(read[0]!)).toEqual([list])
  const { text } = await send(handler, '/echo', { method: 'POST', body: 'hello' })
  expect(JSON.parse(text)).toEqual(['/echo', null, 'hello'])
})

test.for([
  ['/about', ['/about'], ['/', '/about/us']],
  ['/about/:path*', ['/about', '/about/us', '/About'], ['/aboutus']],
  [['/a', '/b'], ['/a', '/b'], ['/c']],
  ['/((?!api|_next/static|.*\\.png$).*)', ['/', '/x/y'], ['/api/x', '/a.png']],
  [{ source: '/x', has: [{ type: 'query', key: 'q' }] }, ['/x?q=1'], ['/x']],
] as const)('the matcher %j runs it for %j and not for %j', async ([matcher, runs, others]) => {
  const seen: string[] = []
  const { handler } = app((request) => void seen.push(request.nextUrl.pathname), { matcher })
  for (const target of [...runs, ...others]) await send(handler, target)
  expect(seen).toEqual(runs.map((target) => target.split('?')[0]))
})

test('a matcher that is no pattern, and a file without a function, are errors', async () => {
  const wrong = app(() => undefined, { matcher: '/(' })
  expect((await send(wrong.handler, '/')).status).toBe(500)
  expect(String(wrong.logged[0]?.kind === 'error' && wrong.logged[0].error)).toMatch(
    'The matcher "/(" of middleware.ts is no pattern',
  )
  const empty = createServerApp({ modules, middleware: { config: {} } })
  expect((await send(empty.handler, '/')).status).toBe(500)
  expect(String(empty.logged[0]?.kind === 'error' && empty.logged[0].error)).toMatch(
    'middleware.ts must export a function named "proxy" or "middleware", or by default, and exports config.',
  )
})

test.for(['proxy', 'default'])('the function may be exported as %s', async (name) => {
  const { handler } = createServerApp({ modules, middleware: { [name]: guard } })
  expect((await send(handler, '/admin')).status).toBe(307)
})

test('waitUntil() and after() run when the answer was sent', async () => {
  const done: string[] = []
  const { handler } = app((_request, event) => {
    event.waitUntil(Promise.resolve().then(() => done.push('waited')))
    after(() => void done.push('after'))
  })
  await send(handler, '/')
  await expect.poll(() => done).toEqual(['waited', 'after'])
})

test('also where the request is refused behind it', async () => {
  const done: string[] = []
  const { handler } = app(() => after(() => void done.push('after')))
  expect((await send(handler, '/', { method: 'PUT' })).status).toBe(405)
  await expect.poll(() => done).toEqual(['after'])
})

test('invalidating in middleware is an error that says where it may be (174)', async () => {
  const { handler, logged } = app(() => revalidatePath('/'))
  expect((await send(handler, '/')).status).toBe(500)
  expect(String(logged[0]?.kind === 'error' && logged[0].error)).toMatch(
    /revalidatePath\(\) was called in middleware \(middleware.ts\)\. Call it in a server function/,
  )
})

test('what is thrown that is no object is told once, and a body too large is no error', async () => {
  const thrower: Middleware = () => {
    // oxlint-disable-next-line no-throw-literal
    throw 'a text'
  }
  const threw = app(thrower)
  expect((await send(threw.handler, '/')).status).toBe(500)
  expect(threw.logged.map(({ kind }) => kind)).toEqual(['error'])
  const reader = app(async (request) => void (await request.text()))
  const body = 'x'.repeat(10 * 1024 * 1024 + 1)
  expect((await send(reader.handler, '/echo', { method: 'POST', body })).status).toBe(413)
  expect(reader.logged.map(({ kind }) => kind)).toEqual(['refused'])
})

test('an answer that is refused has its headers, and work after it is done', async () => {
  let isDone = false
  const { handler } = app(() => {
    after(() => {
      isDone = true
    })
    return VolleyResponse.next({ headers: { 'x-frame-options': 'DENY' } })
  })
  const { status, headers: sent } = await send(handler, '/', { method: 'PUT' })
  expect([status, sent.get('x-frame-options')]).toEqual([405, 'DENY'])
  await vi.waitFor(() => expect(isDone).toBe(true))
})

test('notFound() in middleware answers so, and TRACE is refused', async () => {
  const { handler, logged } = app(() => notFound())
  expect((await send(handler, '/')).status).toBe(404)
  expect((await send(handler, '/', { method: 'TRACE' })).status).toBe(405)
  expect(logged.filter(({ kind }) => kind === 'error')).toEqual([])
})

test('what it throws is told once, as an error of the proxy', async () => {
  const told: unknown[] = []
  const failing = app(
    () => {
      throw new Error('no session store')
    },
    { onRequestError: (error, _request, { routeType }) => told.push([error.message, routeType]) },
  )
  const { status, text } = await send(failing.handler, '/')
  expect([status, text]).toEqual([500, 'Internal Server Error'])
  expect(told).toEqual([['no session store', 'proxy']])
})

test('redirect() in middleware is a redirect', async () => {
  const { handler } = app(() => redirect('/login'), { matcher: '/admin' })
  const { status, headers: sent } = await send(handler, '/admin')
  expect([status, sent.get('location')]).toEqual([307, '/login'])
})

test('earlier pages that slots are kept from are guarded', async () => {
  const slots: Modules = {
    'layout.tsx': {
      default: (props: Record<string, unknown>) => [props['children'], props['side']],
    },
    'page.tsx': { default: () => 'home' },
    'admin/page.tsx': { default: () => 'admin' },
    'login/page.tsx': { default: () => 'login' },
    '@side/default.tsx': { default: () => 'nothing aside' },
    '@side/admin/page.tsx': { default: () => 'secret aside' },
  }
  const named = { headers: { 'volley-slots': encodeURIComponent('/admin') } }
  const open = app(null, { modules: slots })
  const kept = await sendForPayload(open.handler, '/-/payload/', named)
  expect(JSON.stringify(Object.keys(kept.payload.regions!))).toMatch('@side/admin')
  const guarded = app(guard, { modules: slots })
  const refused = await sendForPayload(guarded.handler, '/-/payload/', named)
  expect(JSON.stringify(Object.keys(refused.payload.regions!))).not.toMatch('@side/admin')
})

test('an app without slots runs it once, whatever pages are named', async () => {
  let runs = 0
  const { handler } = app(() => void runs++)
  const names = Array.from({ length: 20 }, (_, i) => encodeURIComponent(`/posts/${i}`)).join(',')
  await sendForPayload(handler, '/-/payload/', { headers: { 'volley-slots': names } })
  expect(runs).toBe(1)
})

const rules = (own: Partial<SiteConfig['rules']>): Partial<SiteConfig> => ({
  rules: {
    headers: [],
    redirects: [],
    rewrites: { beforeFiles: [], afterFiles: [], fallback: [] },
    ...own,
  },
})

test('redirects of the configuration come before middleware, their headers too', async () => {
  let runs = 0
  const site = rules({
    redirects: [{ source: '/old/:id', destination: '/posts/:id', status: 308 }],
    headers: [{ source: '/:path*', headers: [{ key: 'X-Frame-Options', value: 'DENY' }] }],
  })
  const { handler } = app(() => void runs++, { site })
  const { status, headers: sent } = await send(handler, '/old/7?q=1')
  expect([status, sent.get('location')]).toEqual([308, '/posts/7?q=1'])
  expect([sent.get('x-frame-options'), runs]).toEqual(['DENY', 0])
  const { payload } = await sendForPayload(handler, '/-/payload/old/7')
  expect(payload.route?.href).toBe('/posts/7')
})

test('a header of the configuration never replaces one of the answer itself', async () => {
  const own = { key: 'Cache-Control', value: 'public, max-age=60' }
  const site = rules({ headers: [{ source: '/:path*', headers: [own] }] })
  const { headers: sent } = await send(app(null, { site }).handler, '/')
  expect(sent.get('cache-control')).toBe('private, no-store')
})

test.for([
  ['beforeFiles', '/login', 'home'],
  ['afterFiles', '/login', 'login'],
  ['fallback', '/login', 'login'],
  ['afterFiles', '/posts/7', 'home'],
  ['fallback', '/posts/7', '[{"id":"7"}'],
  ['fallback', '/nowhere', 'home'],
] as const)('a rewrite in %s: %s shows %s', async ([stage, target, expected]) => {
  const rewrites = { beforeFiles: [], afterFiles: [], fallback: [] }
  const rule = { source: '/:path*', destination: '/' }
  const site = rules({ rewrites: { ...rewrites, [stage]: [rule] } })
  expect((await send(app(null, { site }).handler, target)).text).toMatch(expected)
})

test('below a base path the app has its own paths, and addresses have it once (124, 253)', async () => {
  const { handler } = app(
    (request) => {
      expect(request.nextUrl.basePath).toBe('/docs')
      if (request.nextUrl.pathname !== '/old') return undefined
      const url = request.nextUrl.clone()
      url.pathname = '/login'
      return VolleyResponse.redirect(url)
    },
    { site: { basePath: '/docs' } },
  )
  expect((await send(handler, '/docs')).text).toMatch('home')
  expect((await send(handler, '/docs/login')).text).toMatch('login')
  expect((await send(handler, '/login')).status).toBe(404)
  expect((await send(handler, '/docs/old')).headers.get('location')).toBe('/docs/login')
  const { payload } = await sendForPayload(handler, '/docs/-/payload/posts/7?q=1')
  expect(payload.route?.href).toBe('/docs/posts/7?q=1')
  const target = '/docs/login'
  for (const to of ['/posts/7', './posts/7', 'http://app.example/docs/posts/7']) {
    const called = await call(handler, 'go', { args: [to], target })
    expect(called.payload.outcome).toMatchObject({ to: '/docs/posts/7' })
    expect(called.payload.route?.href).toBe('/docs/posts/7')
  }
  const outside = await call(handler, 'go', { args: ['http://app.example/other'], target })
  expect(outside.payload.outcome).toMatchObject({ to: '/other' })
  expect(outside.payload.route).toBeUndefined()
})

test.for(['/%64ocs/admin', '/%64ocs/old', '/DOCS/old', '/docs//old', '/D%4fCS//old'])(
  'no other spelling of the base path leads past middleware: %s',
  async (target) => {
    const rewrites = {
      beforeFiles: [{ source: '/docs/:path(.*)', destination: '/docs/admin' }],
      afterFiles: [],
      fallback: [],
    }
    let runs = 0
    const site = { basePath: '/docs', ...rules({ rewrites }) }
    const { handler } = app(() => void runs++, { site })
    expect((await send(handler, '/docs/old')).text).toMatch('admin')
    expect(runs).toBe(1)
    const { status, text } = await send(handler, target)
    expect([status, text]).toEqual([404, 'volley: not-found'])
  },
)

test('with trailing slashes a document is sent to its address, a post is not (254)', async () => {
  const { handler } = app(null, { site: { trailingSlash: true } })
  const document = await send(handler, '/login?x=1')
  expect([document.status, document.headers.get('location')]).toEqual([308, '/login/?x=1'])
  expect((await send(handler, '/login/')).status).toBe(200)
  const called = await call(handler, 'show', { target: '/login' })
  expect([called.status, called.payload.route?.href]).toEqual([200, '/login/'])
  expect((await send(handler, '/echo', { method: 'POST', body: 'x' })).status).toBe(200)
})

test('the nonce is that of the policy that is sent', async () => {
  const name = 'content-security-policy'
  const own = { key: name, value: "default-src 'self'" }
  const site = rules({ headers: [{ source: '/', headers: [own] }] })
  const policy = "script-src 'nonce-r4nd0m'"
  const { app: made, handler } = app(() => VolleyResponse.next({ headers: { [name]: policy } }), {
    site,
  })
  const html = await made.html()
  let seen: string | undefined
  Object.assign(made, {
    html: async (): Promise<typeof html> => ({
      renderDocument(...args) {
        seen = args[1].nonce
        return html.renderDocument(...args)
      },
    }),
  })
  expect((await send(handler, '/')).headers.get(name)).toBe(policy)
  expect(seen).toBe('r4nd0m')
})

test.for(['answer', 'request'])(
  'a nonce in the policy of the %s is on the scripts',
  async (where) => {
    const policy = "script-src 'nonce-r4nd0m+/='"
    let seen: string | undefined
    const { app: made, handler } = app((request) => {
      if (where === 'answer') {
        return VolleyResponse.next({ headers: { 'content-security-policy': policy } })
      }
      const changed = new Headers(request.headers)
      changed.set('content-security-policy', policy)
      return VolleyResponse.next({ request: { headers: changed } })
    })
    const html = await made.html()
    Object.assign(made, {
      html: async () => ({
        renderDocument: (...args: Parameters<typeof html.renderDocument>) => {
          seen = args[1].nonce
          return html.renderDocument(...args)
        },
      }),
    })
    await send(handler, '/')
    expect(seen).toBe('r4nd0m+/=')
  },
)
