import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { call, send, sendForPayload } from '../../test/support/server-request.ts'
import type { OnRequestError } from './request-error.ts'

type Told = { error: Parameters<OnRequestError>[0]; request: object; context: object }

function appThatFails(thrown: unknown, then: () => unknown = () => undefined) {
  const told: Told[] = []
  const fail = (): never => {
    throw thrown
  }
  const server = createServerApp({
    modules: {
      'page.tsx': { default: () => null },
      '(shop)/items/[id]/page.tsx': { default: fail },
      'api/route.ts': { GET: fail },
    },
    functions: { fail: async () => fail() },
    onRequestError(error, request, context) {
      told.push({ error, request, context })
      return then()
    },
  })
  return { ...server, told }
}

test('an error is told with the digest that the log and the browser have', async () => {
  const thrown = new Error('secret')
  const { handler, told, logged } = appThatFails(thrown)
  await send(handler, '/items/7?q=1', { headers: { 'x-visitor': 'ada' } })
  expect(told).toHaveLength(1)
  expect(told[0]!.error).toBe(thrown)
  expect(logged).toMatchObject([{ kind: 'error', digest: told[0]!.error.digest }])
  expect(told[0]!.request).toEqual({
    path: '/items/7?q=1',
    method: 'GET',
    headers: { host: 'app.example', 'content-type': 'text/plain', 'x-visitor': 'ada' },
  })
  expect(told[0]!.context).toEqual({
    routerKind: 'App Router',
    routePath: '/items/[id]',
    routeType: 'render',
    renderSource: 'react-server-components',
    revalidateReason: undefined,
  })
})

test('the path of a payload is that of its page', async () => {
  const { handler, told } = appThatFails(new Error('secret'))
  await sendForPayload(handler, '/-/payload/items/7')
  expect(told).toMatchObject([
    {
      request: { path: '/items/7' },
      context: { renderSource: 'react-server-components-payload', routePath: '/items/[id]' },
    },
  ])
})

test('functions and route handlers have a type of their own', async () => {
  const { handler, told } = appThatFails(new Error('one'))
  await call(handler, 'fail')
  expect(told).toMatchObject([{ context: { routeType: 'action', routePath: '/' } }])
  const other = appThatFails(new Error('other'))
  await send(other.handler, '/api')
  expect(other.told).toMatchObject([{ context: { routeType: 'route', routePath: '/api' } }])
})

test.for([
  ['a text', 'text'],
  ['a frozen error', Object.freeze(new Error('text'))],
] as const)('%s is told as the cause of an error with a digest', async ([, thrown]) => {
  const { handler, told } = appThatFails(thrown)
  await send(handler, '/api')
  const [{ error } = { error: new Error('nothing was told') }] = told
  expect(error).toMatchObject({ message: 'text', cause: thrown })
  expect(error).toHaveProperty('digest', expect.stringMatching(/^\S+$/))
})

test('the process waits for what is told, and logs what fails of it', async () => {
  const observing = Promise.withResolvers<void>()
  const { app, handler, logged } = appThatFails(new Error('secret'), () => observing.promise)
  await send(handler, '/api')
  let isSettled = false
  const settled = app.lifecycle.settled().then(() => (isSettled = true))
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  expect(isSettled).toBe(false)
  observing.reject(new Error('no collector'))
  await settled
  expect(logged).toMatchObject([
    {},
    { error: { message: 'no collector' }, where: /onRequestError/ },
  ])
})
