import { performance } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { OpenAnswers } from '../adapters/open-answers.ts'

/** In milliseconds: how often it looks, at most. One look takes 4 µs. */
const interval = 5

/** In bytes: less is not worth the half millisecond that a collection takes at least. */
const least = 2 * 1024 * 1024

/**
 * Collects the young generation while no answer is under way: nearly nothing is alive in it then. V8
 * itself does so when that is full, which is in the middle of an answer, and then has to move all that
 * this answer has made so far: decisions/031-idle-collections.md.
 */
export function collectWhenIdle(answers: OpenAnswers): void {
  const collect = quickCollection()
  let looked = 0
  let decided = performance.eventLoopUtilization()
  const look = (): void => {
    if (answers.size > 0 || !isHalfFull(youngGeneration())) return
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, decided)
    decided = now
    if (hasTime(utilization)) collect({ type: 'minor' })
  }
  answers.onIdle(() => {
    const now = performance.now()
    if (now - looked < interval) return
    looked = now
    // While `close` is emitted, the last answer is still reachable from the stack.
    setImmediate(look)
  })
}

/** In bytes. */
type Young = { used: number; available: number }

/** V8 itself collects when four fifths are used. */
export function isHalfFull({ used, available }: Young): boolean {
  return used >= least && used >= available
}

/** By the share of the time in which the event loop was at work: who is busier is to answer. */
export function hasTime(utilization: number): boolean {
  return utilization <= 0.92
}

function youngGeneration(): Young {
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  return { used: space?.space_used_size ?? 0, available: space?.space_available_size ?? 0 }
}

/** V8's own function, which only contexts have that are made while the flag is set: no code of the app. */
function quickCollection(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void
  setFlagsFromString('--no-expose-gc')
  return collect
}
