import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { callOf, send, serverRequest } from '../../test/support/server-request.ts'
import { createContext, nobody } from '../context/request-context.ts'
import { plainMark } from '../flight/kept-text.ts'
import type { Ending } from './invoke.ts'
import { encodeRun } from './run-text.ts'
import { adoptRun, runOf } from './submission.ts'

test('a run holds what its function told, and nothing else of its request', () => {
  const context = createContext('function', 'f', nobody)
  const ending: Ending = { kind: 'value', value: 1 }
  expect(runOf(context, ending)).toEqual({ ending, cookies: [], tags: [], refresh: false })
  const { invalidation } = context
  invalidation.tags.add('posts').add('page:/')
  invalidation.refresh = true
  const run = runOf(context, ending)
  expect(run).toEqual({ ending, cookies: [], tags: ['posts', 'page:/'], refresh: true })
  const other = createContext('function', 'f', nobody)
  adoptRun(other, run)
  expect(other.invalidation).toEqual({
    tags: new Set(['posts', 'page:/']),
    untold: [],
    refresh: true,
  })
})

test('a run that changed nothing is sent to other instances as plain text', async () => {
  const run = runOf(createContext('function', 'f', nobody), { kind: 'value', value: 1 })
  expect((await encodeRun(run)).startsWith(plainMark)).toBe(true)
})

test('whose time is over while another runs its submission does not run it any more', async () => {
  const first = Promise.withResolvers<never>()
  let runs = 0
  const { handler, app } = createServerApp({
    modules: { 'page.tsx': { default: () => null } },
    config: { timeout: 20 },
    functions: {
      careful: async () => {
        runs++
        return first.promise
      },
    },
  })
  const client = new AbortController()
  const sent = await callOf('careful', [], { 'volley-key': 'a-key-that-nobody-guesses' })
  const running = handler(serverRequest('/', { ...sent, signal: client.signal }))
  expect((await send(handler, '/', sent)).status).toBe(504)
  client.abort()
  await running
  first.reject(new Error('stopped'))
  await app.lifecycle.settled()
  await new Promise((turn) => setImmediate(turn))
  expect(runs).toBe(1)
})
