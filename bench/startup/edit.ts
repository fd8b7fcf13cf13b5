import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { click, clickUntilChanged } from '../browser/click.ts'
import { createRecorder } from '../browser/recorder.ts'
import { send } from '../load/send.ts'
import type { Server } from '../targets/server.ts'
import type { Framework } from '../targets/target.ts'

/** How long it takes until a call runs an edited server function, in milliseconds, several times. */
export async function timeEdits(
  browser: Browser,
  { origin, port, target }: Server<Framework>,
  times: number,
): Promise<number[]> {
  const page = await browser.newPage()
  const record = createRecorder(page, target)
  await page.goto(`${origin}/posts`)
  const add = page.locator('main > p > button').nth(0)
  await clickUntilChanged(add)
  let shown = ''
  const [call] = await record('fetch', async () => (shown = await click(add)))
  await page.close()
  if (!call) throw new Error(`${target.name} has called nothing`)
  const file = path.join(target.folder, target.app.functions)
  const original = readFileSync(file, 'utf8')
  const taken: number[] = []
  for (let edit = 1; edit <= times; edit++) {
    const added = edit * 10_000
    const expected = String(Number(shown) + added)
    writeFileSync(file, original.replace('a + b', `a + b + ${added}`))
    const start = performance.now()
    while (!(await answerTo(port, call)).includes(expected)) {
      if (performance.now() - start > 30_000) throw new Error(`${target.name} sees no edit`)
      await setTimeout(2)
    }
    taken.push(performance.now() - start)
    // A watcher may take edits in quick succession together.
    await setTimeout(500)
  }
  writeFileSync(file, original)
  return taken
}

async function answerTo(port: number, call: Parameters<typeof send>[1]): Promise<string> {
  try {
    return (await send(port, call)).text
  } catch {
    // A server that starts itself anew takes no calls for a while: that belongs to the time.
    return ''
  }
}
