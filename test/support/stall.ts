import type { App } from './app.ts'

/**
 * For how long the app's process could do nothing else since this was last asked, in milliseconds.
 * It is measured inside of that process, so a busy machine counts only where it takes its processor.
 */
export async function longestStall(app: App): Promise<number> {
  const { stall } = (await (await app.fetch('/stall')).json()) as { stall: number }
  return stall
}
