import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** In microseconds: of a round trip, half of which is the same each time; and of a late packet. */
const delays = { network: 500, lateShare: 0.001, lateness: 50_000 }

export type Network = {
  /** How long something is on its way in one direction. */
  delay: () => number
  /** Lets it arrive. */
  send: (arrive: () => void) => void
}

export function createNetwork(
  { after }: Timeline,
  { random, roundTrip }: { random: Random; roundTrip: number },
): Network {
  const least = (delays.network / 2 + roundTrip) / 2
  const delay = (): number => {
    const late = random.next() < delays.lateShare ? random.exponential(delays.lateness) : 0
    return least + random.exponential(delays.network / 4) + late
  }
  return { delay, send: (arrive) => after(delay(), arrive) }
}
