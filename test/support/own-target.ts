import { afterAll, beforeAll } from 'vitest'
import { startApp } from './app.ts'
import type { Target } from './attack.ts'
import { functionIds } from './function-ids.ts'

/** A process of the attack app for one suite alone, started with options of Node. */
export function useOwnTarget(nodeOptions: string): () => Target {
  let target: Target | undefined
  beforeAll(async () => {
    const environment = { NODE_OPTIONS: nodeOptions }
    const app = await startApp('attack-app', 'start', { environment })
    target = { app, ids: await functionIds(app.root) }
  })
  afterAll(async () => {
    await target?.app.stop()
  })
  return () => {
    if (!target) throw new Error('The app is only there inside of tests and hooks')
    return target
  }
}
