import type { Life } from '../cache/life.ts'
import type { LoadedNode } from './load-route.ts'
import type { PagePlan } from './page-plan.ts'

/** For how long a page is kept for all visitors; `isForced` when it is one that reads no request. */
export type PageLife = { life: Life; isForced: boolean }

/**
 * What the page and its layouts export: `revalidate`, in seconds, of which the least counts, and
 * `dynamic`, of which the one closest to the page does. A page whose parameters they list is kept
 * without these. `null` for a page that is not kept.
 */
export function pageLife({
  loaded,
  slots,
  isListed,
}: Pick<PagePlan, 'loaded' | 'slots' | 'isListed'>): PageLife | null {
  // The page's own come last: they are closest to it.
  if (slots.length > 0) {
    return readLife([...slots.flatMap((slot) => slot.loaded), ...loaded], isListed)
  }
  const known = lives.get(loaded)
  if (known !== undefined) return known
  const life = readLife(loaded, isListed)
  lives.set(loaded, life)
  return life
}

const lives = new WeakMap<readonly LoadedNode[], PageLife | null>()

function readLife(loaded: readonly LoadedNode[], isListed: boolean): PageLife | null {
  const modules = loaded.flatMap(({ files }) => [files['layout'], files['page']])
  const exported = (name: string): unknown[] =>
    modules.flatMap((file) => (file && file.module[name] !== undefined ? [file.module[name]] : []))
  const dynamic = exported('dynamic').at(-1)
  if (dynamic === 'force-dynamic') return null
  const isForced = dynamic === 'force-static'
  const times = exported('revalidate').map(secondsOf)
  if (times.length === 0 && !isForced && !isListed) return null
  const revalidate = Math.min(Infinity, ...times)
  return revalidate > 0 ? { life: { revalidate, expire: Infinity }, isForced } : null
}

/** @throws TypeError for what is neither a time nor `false` */
function secondsOf(value: unknown): number {
  if (value === false) return Infinity
  if (typeof value === 'number' && value >= 0) return value
  throw new TypeError(
    `\`export const revalidate\` is ${JSON.stringify(value)}, but must be seconds or false.`,
  )
}
