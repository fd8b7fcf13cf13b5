import { beforeAll, expect } from 'vitest'
import type { App } from './app.ts'
import { functionIds } from './function-ids.ts'
import { useApp } from './shared-app.ts'

/** The fixture app that all attacks are made on, as `volley start` serves its production build. */
export type Target = {
  app: App
  /** The id of each callable server function, by its name. */
  ids: Readonly<Record<string, string>>
}

/** What the app's process tells of itself; memory in bytes, after a collection. */
export type ProcessState = {
  pid: number
  effects: Record<string, number>
  heapUsed: number
  rss: number
  external: number
  arrayBuffers: number
}

const canaries = /canary-in-/

/** Makes sure that the app runs before the tests of this suite, and gives it to them. */
export function useTarget(fixture = 'attack-app'): () => Target {
  const app = useApp(fixture, 'start')
  let ids: Target['ids'] = {}
  beforeAll(async () => {
    ids = await functionIds(app().root)
  })
  return () => ({ app: app(), ids })
}

export async function stateOf(app: App): Promise<ProcessState> {
  return (await (await app.fetch('/state')).json()) as ProcessState
}

/** How often server functions have run so far, all together. */
export async function effectsOf(app: App): Promise<number> {
  const { effects } = await stateOf(app)
  return Object.values(effects).reduce((sum, count) => sum + count, 0)
}

/**
 * The alive probe: after an attack the same process answers at once, left no rejection behind, and
 * none of the texts that stand for secrets is in what it answered.
 */
export async function expectAlive(app: App, answers: readonly string[] = []): Promise<void> {
  expect(app.isRunning()).toBe(true)
  expect(strayRejections(app)).toBe(0)
  expect(answers.filter((answer) => canaries.test(answer))).toEqual([])
  const { pid } = await stateOf(app)
  expect(pid).toBe(app.pid)
  // The machine is shared: one of three must be as fast as each would be on one that is not.
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const started = performance.now()
    const answer = await app.fetch('/')
    const html = await answer.text()
    times.push(performance.now() - started)
    expect(answer.status).toBe(200)
    expect(html).not.toMatch(canaries)
  }
  expect(Math.min(...times)).toBeLessThan(100)
}

function strayRejections(app: App): number {
  return app.output().match(/a promise that nobody awaits/g)?.length ?? 0
}
