import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, test } from 'vitest'

/**
 * A server whose answers leave 10 MB each, with room for 16 MB. After five of them it tells whether
 * collections were asked for; before, if it is to be busy, another answer has begun.
 */
const script = `
import { createServer, get } from 'node:http'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import { trackAnswers } from ${JSON.stringify(path.resolve('src/adapters/open-answers.ts'))}
import { collectWhenIdle } from ${JSON.stringify(path.resolve('src/cli/idle-collection.ts'))}
let asked = 0
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) {
    const isForced = (detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0
    if (isForced && detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) asked++
  }
}).observe({ entryTypes: ['gc'] })
const server = createServer((request, response) => {
  if (request.url === '/busy') return
  for (let i = 0; i < 1300; i++) new Array(1000).fill(i)
  response.end()
})
collectWhenIdle(trackAnswers(server))
server.listen(0, 'localhost', async () => {
  const ask = (target) => new Promise((resolve) => {
    get({ port: server.address().port, host: 'localhost', path: target }, (answer) => {
      answer.resume().on('end', resolve)
    })
  })
  if (process.argv.includes('busy')) void ask('/busy')
  for (let i = 0; i < 5; i++) {
    await ask('/')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  console.log(asked > 0, typeof globalThis.gc)
  process.exit()
})
`

async function collections(...args: string[]): Promise<string> {
  const flags = ['--min-semi-space-size=16', '--input-type=module', '--eval', script]
  const child = spawn(process.execPath, [...flags, '--', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  return String(text).trim()
}

test('what an answer has left is collected when nothing is under way', async () => {
  expect(await collections()).toBe('true undefined')
})

test('nothing is collected while an answer is under way', async () => {
  expect(await collections('busy')).toBe('false undefined')
})
