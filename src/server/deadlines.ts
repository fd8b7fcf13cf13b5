/**
 * One timer for the deadlines of all calls: nearly all of them end long before theirs, and a timer
 * for each cost more than the rest of what a call is run with.
 */
type Deadline = { at: number; expire: () => void }

const pending = new Set<Deadline>()
let timer: NodeJS.Timeout | null = null

/** In milliseconds: how much later than its time a deadline may be noticed. */
const resolution = 25

/** Calls `expire` after `timeout` milliseconds, unless the function that it returns is called before. */
export function setDeadline(timeout: number, expire: () => void): () => void {
  const deadline = { at: performance.now() + timeout, expire }
  pending.add(deadline)
  timer ??= setInterval(look, resolution).unref()
  return () => void pending.delete(deadline)
}

function look(): void {
  const now = performance.now()
  for (const deadline of pending) {
    if (deadline.at > now) continue
    pending.delete(deadline)
    deadline.expire()
  }
  if (pending.size > 0 || timer === null) return
  clearInterval(timer)
  timer = null
}
