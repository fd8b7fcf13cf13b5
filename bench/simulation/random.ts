/** Chance that is the same in each run with the same seed. */
export type Random = {
  /** At least 0 and less than 1. */
  next: () => number
  below: (count: number) => number
  /** Exponentially distributed: the time to the next of many independent events. */
  exponential: (mean: number) => number
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  // A counter, whose bits are mixed until none of them shows it.
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  return {
    next,
    below: (count) => Math.floor(next() * count),
    exponential: (mean) => -mean * Math.log(1 - next()),
  }
}

/** Picks one of `count`, the n-th with a chance in proportion to 1/n. */
export function createPopularity(count: number): (random: Random) => number {
  const sums: number[] = []
  let total = 0
  for (let rank = 1; rank <= count; rank++) sums.push((total += 1 / rank))
  return (random) => {
    const wanted = random.next() * total
    let low = 0
    for (let high = count - 1; low < high;) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
