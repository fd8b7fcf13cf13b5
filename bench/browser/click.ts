import { setTimeout } from 'node:timers/promises'
import type { Locator } from 'playwright-core'

/** Clicks until the text changes, as a visitor would whose page is not ready yet. */
export async function clickUntilChanged(button: Locator): Promise<void> {
  const was = await button.textContent()
  for (let tries = 0; tries < 100; tries++) {
    await button.click()
    if ((await changedText(button, was, 500)) !== null) return
  }
  throw new Error(`100 clicks have changed nothing: ${was}`)
}

/** Clicks once, and gives the text that is shown then. */
export async function click(button: Locator, shown: Locator = button): Promise<string> {
  const was = await shown.textContent()
  await button.click()
  const now = await changedText(shown, was, 30_000)
  if (now === null) throw new Error(`A click has changed nothing: ${was}`)
  return now
}

/** `null` when it has not changed after so many milliseconds. */
async function changedText(
  shown: Locator,
  was: string | null,
  wait: number,
): Promise<string | null> {
  const deadline = performance.now() + wait
  while (performance.now() < deadline) {
    const now = await shown.textContent()
    if (now !== was) return now
    await setTimeout(5)
  }
  return null
}
