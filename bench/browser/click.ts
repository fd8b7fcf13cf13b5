import type { Locator } from 'playwright-core'

/** Clicks until the text changes, as a visitor would whose page is not ready yet. Gives the text. */
export async function clickUntilChanged(button: Locator, shown: Locator = button): Promise<string> {
  const was = await shown.textContent()
  for (let tries = 0; tries < 100; tries++) {
    await button.click()
    const now = await changed(shown, was, 300)
    if (now !== null) return now
  }
  throw new Error(`A click has changed nothing: ${was}`)
}

/** Clicks once. */
export async function click(button: Locator, shown: Locator = button): Promise<string> {
  const was = await shown.textContent()
  await button.click()
  const now = await changed(shown, was, 30_000)
  if (now === null) throw new Error(`A click has changed nothing: ${was}`)
  return now
}

async function changed(shown: Locator, was: string | null, wait: number): Promise<string | null> {
  const deadline = performance.now() + wait
  while (performance.now() < deadline) {
    const now = await shown.textContent()
    if (now !== was) return now
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return null
}
