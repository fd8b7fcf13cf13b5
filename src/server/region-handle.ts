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
  try {
    return installedSeals().open(handle, [contextOf(pathname)])
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}

function contextOf(pathname: string): string {
  return `region ${pathname}`
}

/** Sealing costs as much as rendering a small component, and pages have the same regions again and again. */
const sealed = new Map<string, string>()
const maxSealed = 10_000

function sealOnce(text: string, context: string): string {
  const key = `${context}\0${text}`
  const known = sealed.get(key)
  if (known !== undefined) return known
  const handle = installedSeals().sealAlike(text, context)
  sealed.set(key, handle)
  const [oldest = key] = sealed.keys()
  if (sealed.size > maxSealed) sealed.delete(oldest)
  return handle
}
