import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hasTime, isHalfFull } from './idle-collection.ts'

/**
 * A server whose answers leave 2.6 MB each, with room for 4 MB. It tells when a collection was asked
 * for, or that none was after ten answers; if it is to be busy, another answer has begun before.
 */
const script = `
import { createServer, get } from 'node:http'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { trackAnswers } from ${JSON.stringify(path.resolve('src/adapters/open-answers.ts'))}
import { collectWhenIdle } from ${JSON.stringify(path.resolve('src/cli/idle-collection.ts'))}
let asked = 0
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) {
    const isForced = (detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0
    if (isForced && detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) asked++
  }
}).observe({ entryTypes: ['gc'] })
const busy = Promise.withResolvers()
const server = createServer((request, response) => {
  if (request.url === '/busy') return busy.resolve()
  for (let i = 0; i < 325; i++) new Array(1000).fill(i)
  response.end()
})
collectWhenIdle(trackAnswers(server))
server.listen(0, 'localhost', async () => {
  const ask = (target) => new Promise((resolve) => {
    get({ port: server.address().port, host: 'localhost', path: target }, (answer) => {
      answer.resume().on('end', resolve)
    })
  })
  if (process.argv.includes('busy')) {
    void ask('/busy')
    await busy.promise
  }
  for (let i = 0; i < 10 && asked === 0; i++) {
    await ask('/')
    await setTimeout(50)
  }
  console.log(asked > 0 ? 'collected' : 'nothing', runInNewContext('typeof gc'))
  process.exit()
})
`

async function collections(...args: string[]): Promise<string> {
  const semiSpace = ['--min-semi-space-size=4', '--max-semi-space-size=4']
  const flags = [...semiSpace, '--input-type=module', '--eval', script]
  const child = spawn(process.execPath, [...flags, '--', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  return String(text).trim()
}

test('what an answer has left is collected when nothing is under way', async () => {
  expect(await collections()).toBe('collected undefined')
})

test('nothing is collected while an answer is under way', async () => {
  expect(await collections('busy')).toBe('nothing undefined')
})

test.for([
  ['half of a young generation', true, { used: 8e6, available: 8e6 }],
  ['less than half', false, { used: 7e6, available: 9e6 }],
  ['half of a small one', false, { used: 1e6, available: 1e6 }],
] as const)('%s is worth a collection: %s', ([, isWorthIt, young]) => {
  expect(isHalfFull(young)).toBe(isWorthIt)
})

test('a server that is at work nearly all the time collects nothing by itself', () => {
  expect([0.5, 0.85, 0.99].map(hasTime)).toEqual([true, true, false])
})
