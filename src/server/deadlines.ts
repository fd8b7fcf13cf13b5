import { createActiveList } from './active-list.ts'

/**
 * One timer for the deadlines of all calls: nearly all of them end long before theirs, and a timer
 * for each cost more than the rest of what a call is run with.
 */
type Deadline = { at: number; expire: () => void }

const pending = createActiveList<Deadline>()
let timer: NodeJS.Timeout | null = null

/** In milliseconds: how much later than its time a deadline may be noticed. */
const resolution = 25

/** Calls `expire` after `timeout` milliseconds, unless the function that it returns is called before. */
export function setDeadline(timeout: number, expire: () => void): () => void {
  const cancel = pending.add({
    at: performance.now() + timeout,
    expire() {
      if (cancel()) expire()
    },
  })
  timer ??= setInterval(look, resolution).unref()
  return cancel
}

function look(): void {
  const now = performance.now()
  for (const { at, expire } of pending.items()) if (at <= now) expire()
  if (pending.size > 0 || timer === null) return
  clearInterval(timer)
  timer = null
}
