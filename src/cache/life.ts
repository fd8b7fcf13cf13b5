import { assertPhase } from '../context/phase.ts'
import { currentContext, type RequestContext } from '../context/request-context.ts'

/**
 * How long cached work is kept, in seconds. After `revalidate` it is stale: it is served while it is
 * made again in the background. After `expire` it is made again before anybody gets it. `stale`, for
 * how long a browser may show it without asking, is accepted and has no effect: Volley's browser
 * always asks.
 */
export type CacheLife = { stale?: number; revalidate?: number; expire?: number }

export type Life = { revalidate: number; expire: number }

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** The names that Next.js has. */
const builtIn = {
  default: { revalidate: 15 * minute, expire: Infinity },
  seconds: { revalidate: 1, expire: minute },
  minutes: { revalidate: minute, expire: hour },
  hours: { revalidate: hour, expire: day },
  days: { revalidate: day, expire: 7 * day },
  weeks: { revalidate: 7 * day, expire: 30 * day },
  max: { revalidate: 30 * day, expire: 365 * day },
} satisfies Record<string, Life>

/** For what must not be kept. */
export const notKept: Life = { revalidate: 0, expire: 0 }

let profiles: ReadonlyMap<string, Life> = new Map(Object.entries(builtIn))

/** Called once when the server starts, with the app's own profiles. @throws TypeError */
export function installProfiles(own: Readonly<Record<string, CacheLife>>): void {
  const added = Object.entries(own).map(([name, life]) => [name, checkedLife(life, name)] as const)
  profiles = new Map([...Object.entries(builtIn), ...added])
}

const lives = new WeakMap<RequestContext, Life>()

/**
 * Says how long the result of the cached function that calls it is kept: a profile's name, or the
 * times themselves. The last call counts.
 * @throws outside cached work; TypeError for a profile that does not exist, or makes no sense
 */
export function cacheLife(profile: string | CacheLife): void {
  setLife(lifeOf(profile), 'cacheLife()')
}

/** The same for other ways to say it. */
export function setLife(life: Life, api = 'cached()'): void {
  const context = currentContext(api)
  assertPhase(context, api, ['cached'])
  lives.set(context, life)
}

export function lifeSetIn(context: RequestContext): Life | null {
  return lives.get(context) ?? null
}

/** In milliseconds since 1970, of what was made at `madeAt`. */
export function timesOf({ revalidate, expire }: Life, madeAt: number): Times {
  const after = (seconds: number): number => Math.min(madeAt + seconds * 1000, lastTime)
  return { freshUntil: after(revalidate), usableUntil: after(expire) }
}

type Times = { freshUntil: number; usableUntil: number }

/** The last time that a `Date` can hold: later than anything is kept. */
const lastTime = 8.64e15

/** @throws TypeError for a profile that does not exist, and for one that makes no sense */
export function lifeOf(profile: string | CacheLife): Life {
  if (typeof profile === 'object') return checkedLife(profile, 'cacheLife()')
  const life = profiles.get(profile)
  if (life) return life
  const known = [...profiles.keys()].join(', ')
  throw new TypeError(`There is no cache profile ${JSON.stringify(profile)}: known are ${known}.`)
}

/** With what is left out filled in. @throws TypeError; `name` is what messages say */
export function checkedLife({ revalidate, expire }: CacheLife, name: string): Life {
  const life = {
    revalidate: revalidate ?? Math.min(builtIn.default.revalidate, expire ?? Infinity),
    expire: expire ?? Infinity,
  }
  // Not so either where one of them is no number.
  if (life.revalidate >= 0 && life.revalidate <= life.expire) return life
  throw new TypeError(
    `${name}: \`revalidate\` is ${life.revalidate} and \`expire\` is ${life.expire}, but they are ` +
      'seconds, and `revalidate` is not the larger one.',
  )
}
