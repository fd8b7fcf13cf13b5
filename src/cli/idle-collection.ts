import { performance } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { OpenAnswers } from '../adapters/open-answers.ts'

/** In milliseconds: how often it looks, at most. One look takes 4 µs. */
const interval = 5

/** In bytes. V8 collects at 13 MB, and one collection takes half a millisecond at least. */
const worthwhile = 8 * 1024 * 1024

/** A share of the time: who is busier is to answer, and V8 collects when it has to. */
const busy = 0.92

/**
 * Collects the young generation while no answer is under way: nearly nothing is alive in it then. V8
 * itself does so when that is full, which is in the middle of an answer, and then has to move all that
 * this answer has made so far: decisions/031-idle-collections.md.
 */
export function collectWhenIdle(answers: OpenAnswers): void {
  const collect = quickCollection()
  let looked = 0
  let collected = performance.eventLoopUtilization()
  const look = (): void => {
    if (answers.size > 0 || youngBytes() < worthwhile) return
    const isBusy = performance.eventLoopUtilization(collected).utilization > busy
    collected = performance.eventLoopUtilization()
    if (!isBusy) collect({ type: 'minor' })
  }
  answers.onIdle(() => {
    const now = performance.now()
    if (now - looked < interval) return
    looked = now
    // Until then the last answer itself is on the stack.
    setImmediate(look)
  })
}

function youngBytes(): number {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  return young?.space_used_size ?? 0
}

/** V8's own function, which only contexts have that are made while the flag is set: no code of the app. */
function quickCollection(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void
  setFlagsFromString('--no-expose-gc')
  return collect
}
