import { installedSeals } from '../flight/installed-seals.ts'
import { plainText, valuesFromPlain } from '../flight/plain-text.ts'
import { SealError } from '../flight/seal.ts'

/** What a tracked region is rendered by, without the page that it is on. */
export type RegionHandle = {
  /** As the compiler has named it: `app/post-card.tsx#PostCard`. */
  component: string
  props: object
  tags: readonly string[]
}

/** For a page at `pathname`; the same region always gets the same handle. `null` for properties that only Flight can carry. */
export function sealHandle(
  { component, props, tags }: RegionHandle,
  pathname: string,
): string | null {
  const plain = plainText([props])
  if (plain === null) return null
  return sealOnce(JSON.stringify([component, plain, tags]), contextOf(pathname))
}

/** `null` for one that was altered, or sealed for another page or by a key that is gone. */
export async function openHandle(handle: string, pathname: string): Promise<RegionHandle | null> {
  const text = textOf(handle, pathname)
  if (text === null) return null
  const [component, plain, tags] = JSON.parse(text) as [string, string, string[]]
  const [props] = await valuesFromPlain(plain)
  return { component, props: props as object, tags }
}

function textOf(handle: string, pathname: string): string | null {
  const context = contextOf(pathname)
  try {
    return remembered(opened, `${context}\0${handle}`, () =>
      installedSeals().open(handle, [context]),
    )
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}

function contextOf(pathname: string): string {
  return `region ${pathname}`
}

/**
 * A cipher costs more than to render a small component, and pages have the same regions again and again.
 * One text has one handle, so what is remembered of either is right for ever.
 */
const sealed = new Map<string, string>()
const opened = new Map<string, string>()
const maxRemembered = 10_000
/** In characters: what anybody can make long is not kept. */
const maxLength = 1_000

function sealOnce(text: string, context: string): string {
  return remembered(sealed, `${context}\0${text}`, () => installedSeals().sealAlike(text, context))
}

function remembered(known: Map<string, string>, key: string, make: () => string): string {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  if (key.length > maxLength) return made
  known.set(key, made)
  const [oldest = key] = known.keys()
  if (known.size > maxRemembered) known.delete(oldest)
  return made
}
