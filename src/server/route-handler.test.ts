import { expect, test } from 'vitest'
import { createServerApp, type Setup } from '../../test/support/server-app.ts'
import { send, serverRequest, type Sent } from '../../test/support/server-request.ts'
import { revalidatePath } from '../cache/revalidate.ts'
import { after } from '../context/after.ts'
import { forbidden, notFound, permanentRedirect, redirect } from '../context/interrupt.ts'
import { cookies, headers as requestHeaders } from '../context/request-state.ts'
import type { VolleyRequest } from './volley-request.ts'
import { VolleyResponse } from './volley-response.ts'

type Context = { params: Promise<Record<string, unknown>> }

async function visit(
  route: Record<string, unknown>,
  sent: Sent = {},
  config: Setup['config'] = {},
) {
  const { handler, logged } = createServerApp({ modules: { 'api/[id]/route.ts': route }, config })
  const answer = await send(handler, '/api/7?q=1', sent)
  return { ...answer, errors: logged.filter((event) => event.kind === 'error') }
}

test.for(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  '%s runs the function of that name',
  async (method) => {
    const route = { [method]: async (request: Request) => new Response(request.method) }
    const { status, text } = await visit(route, { method })
    expect([status, text]).toEqual([200, method])
  },
)

test('a handler gets the parameters, the parsed URL, cookies and the body', async () => {
  const POST = async (request: VolleyRequest, { params }: Context) =>
    Response.json({
      params: await params,
      url: request.url,
      search: request.nextUrl.searchParams.get('q'),
      cookie: request.cookies.get('a')?.value,
      header: (await requestHeaders()).get('x-b'),
      body: await request.text(),
    })
  const headers = { cookie: 'a=1', 'x-b': '2' }
  const { text } = await visit({ POST }, { method: 'POST', headers, body: 'body' })
  expect(JSON.parse(text)).toEqual({
    params: { id: '7' },
    url: 'http://app.example/api/7?q=1',
    search: '1',
    cookie: '1',
    header: '2',
    body: 'body',
  })
})

test('the URL has the public origin where one is configured', async () => {
  const GET = (request: Request) => new Response(request.url)
  const { text } = await visit({ GET }, {}, { origin: 'https://public.example' })
  expect(text).toBe('https://public.example/api/7?q=1')
})

test('HEAD is answered by GET, and by HEAD where there is one', async () => {
  const GET = () => new Response('body', { headers: { 'x-by': 'GET' } })
  const HEAD = () => new Response(null, { headers: { 'x-by': 'HEAD' } })
  expect((await visit({ GET }, { method: 'HEAD' })).headers.get('x-by')).toBe('GET')
  expect((await visit({ GET, HEAD }, { method: 'HEAD' })).headers.get('x-by')).toBe('HEAD')
})

test('OPTIONS without a function tells the methods, other methods are 405', async () => {
  const route = { GET: () => new Response(), POST: () => new Response(), helper: () => null }
  const options = await visit(route, { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST'])
  const wrong = await visit(route, { method: 'DELETE' })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
})

test.for(['helper', 'constructor', '__proto__'])('the method %s runs nothing', async (method) => {
  const { status } = await visit({ GET: () => new Response(), helper: () => null }, { method })
  expect(status).toBe(405)
})

test.for([
  ['redirect()', 'GET', 307, () => redirect('/to?ü')],
  ['permanentRedirect()', 'GET', 308, () => permanentRedirect('/to?ü')],
  ['redirect()', 'POST', 303, () => redirect('/to?ü')],
  ['permanentRedirect()', 'POST', 303, () => permanentRedirect('/to?ü')],
] as [string, string, number, () => never][])(
  '%s of a %s is %i, and carries the cookies',
  async ([, method, status, leave]) => {
    const run = async () => {
      ;(await cookies()).set('a', '1')
      leave()
    }
    const answer = await visit({ [method]: run }, { method })
    expect([answer.status, answer.headers.get('location')]).toEqual([status, '/to?%C3%BC'])
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/'])
  },
)

test.for([
  [404, notFound],
  [403, forbidden],
] as const)('an interruption is %i, without a body', async ([status, interrupt]) => {
  const { errors, ...answer } = await visit({ GET: () => interrupt() })
  expect([answer.status, answer.text, errors]).toEqual([status, '', []])
})

test('cookies of the response and of cookies() are all sent', async () => {
  const GET = async () => {
    ;(await cookies()).set('a', '1')
    const response = new VolleyResponse('x', { headers: [['set-cookie', 'b=2']] })
    response.cookies.set('c', '3', { httpOnly: true })
    return response
  }
  const { headers } = await visit({ GET })
  expect(headers.getSetCookie()).toEqual(['b=2', 'c=3; Path=/; HttpOnly', 'a=1; Path=/'])
})

test('a JSON response has cookies, too', async () => {
  const response = VolleyResponse.json({ ok: true }, { status: 201 })
  response.cookies.set('c', '3')
  const { status, text, headers } = await visit({ GET: () => response })
  expect([status, text, headers.get('content-type')]).toEqual([
    201,
    '{"ok":true}',
    'application/json',
  ])
  expect(headers.getSetCookie()).toEqual(['c=3; Path=/'])
})

test('a redirect response has a status and a location', async () => {
  const { status, headers } = await visit({
    GET: () => VolleyResponse.redirect('http://a.example/'),
  })
  expect([status, headers.get('location')]).toEqual([307, 'http://a.example/'])
  const other = await visit({ GET: () => VolleyResponse.redirect('http://a.example/', 303) })
  expect(other.status).toBe(303)
})

test('a handler that throws is a bare 500, logged once, and its after() runs', async () => {
  const ran: string[] = []
  const GET = () => {
    after(() => ran.push('after'))
    throw new Error('secret')
  }
  const { status, text, errors } = await visit({ GET })
  expect([status, text]).toEqual([500, 'Internal Server Error'])
  expect(errors).toMatchObject([{ error: new Error('secret'), where: 'app/api/[id]/route.ts' }])
  expect(ran).toEqual(['after'])
})

test('a handler that returns no response is told what to return', async () => {
  const { status, errors } = await visit({ GET: () => ({ ok: true }) })
  expect(status).toBe(500)
  expect(String(errors[0]?.error)).toMatch(/route.ts must return a Response.* returned object/)
})

test('a handler may invalidate, but not what only a server function may', async () => {
  const GET = () => {
    revalidatePath('/')
    return new Response('done')
  }
  expect((await visit({ GET })).text).toBe('done')
})

test('a cookie that is set after the handler has ended is refused, not lost', async () => {
  const failure = Promise.withResolvers<unknown>()
  const GET = async () => {
    const jar = await cookies()
    setTimeout(() => {
      try {
        failure.resolve(jar.set('late', '1'))
      } catch (error) {
        failure.resolve(error)
      }
    })
    return new Response()
  }
  const { handler } = createServerApp({ modules: { 'api/route.ts': { GET } } })
  // The answer is never sent, so it is the end of the handler that counts.
  await handler(serverRequest('/api'))
  expect(String(await failure.promise)).toMatch(/cookies\(\)\.set\(\) was called after the answer/)
})

test('a stream that breaks off is logged under its file', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'api/route.ts': { GET: () => new Response('x') } },
  })
  const { answer } = await send(handler, '/api')
  answer.onBodyError?.(new Error('broken'))
  expect(logged).toMatchObject([{ kind: 'error', where: 'app/api/route.ts' }])
})
