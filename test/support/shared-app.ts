import { beforeAll } from 'vitest'
import { startApp, type App, type Mode } from './app.ts'

/**
 * The fixture apps that tests share. The end-to-end run has one worker and one module graph for
 * all its files, so that each app is built and started once, by the first test that needs it.
 */
const running = new Map<string, Promise<App>>()

/** Makes sure the app runs before the tests of this suite, and gives it to them. */
export function useApp(fixture: string, mode: Mode): () => App {
  let app: App | undefined
  beforeAll(async () => {
    app = await sharedApp(fixture, mode)
  })
  return () => {
    if (!app) throw new Error(`${fixture} is only there inside of tests and hooks`)
    return app
  }
}

/** An app that has died fails the test that ended it, and not those that come after. */
async function sharedApp(fixture: string, mode: Mode): Promise<App> {
  const key = `${fixture} ${mode}`
  const earlier = await running.get(key)
  if (earlier?.isRunning()) return earlier
  const started = startApp(fixture, mode)
  running.set(key, started)
  return started
}
