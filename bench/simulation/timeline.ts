/** Simulated time, in microseconds. What is due at the same time happens in the order of the asking. */
export type Timeline = {
  now: () => number
  after: (delay: number, happen: () => void) => void
  /** Lets everything happen that is due until then. */
  run: (end: number) => void
}

type Due = { time: number; order: number; happen: () => void }

export function createTimeline(): Timeline {
  const heap: Due[] = []
  let time = 0
  let order = 0

  const isEarlier = (one: Due, other: Due): boolean =>
    one.time < other.time || (one.time === other.time && one.order < other.order)

  const push = (due: Due): void => {
    let place = heap.length
    while (place > 0) {
      const above = heap[(place - 1) >> 1]
      if (!above || isEarlier(above, due)) break
      heap[place] = above
      place = (place - 1) >> 1
    }
    heap[place] = due
  }

  const pop = (): Due | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (!last || heap.length === 0) return first
    let place = 0
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      const [left, right] = [heap[child], heap[child + 1]]
      const isRight = left && right && isEarlier(right, left)
      const below = isRight ? right : left
      if (!below || isEarlier(last, below)) break
      heap[place] = below
      place = isRight ? child + 1 : child
    }
    heap[place] = last
    return first
  }

  return {
    now: () => time,
    after: (delay, happen) => push({ time: time + delay, order: order++, happen }),
    run(end) {
      for (let due = heap[0]; due && due.time <= end; due = heap[0]) {
        pop()
        time = due.time
        due.happen()
      }
      time = end
    },
  }
}
