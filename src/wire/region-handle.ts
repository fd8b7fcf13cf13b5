/**
 * A handle names a tracked region: its sealed component, properties and tags. It is base64url, and its
 * beginning is different for all others, so that it serves as the region's id in a payload. The ids of
 * the regions that files make have a colon.
 */
export function regionIdOf(handle: string): string {
  return handle.slice(0, 22)
}

export function isTrackedId(id: string): boolean {
  return !id.includes(':')
}

/** More are not worth it: then the page is rendered as a whole. */
export const maxHandles = 20

/** In characters, of all of them: a request may have 16 kB of headers. */
export const maxHandlesLength = 6_000

/** `null` for too many of them. */
export function encodeHandles(handles: readonly string[]): string | null {
  const text = handles.join(',')
  return handles.length > maxHandles || text.length > maxHandlesLength ? null : text
}

/** The counterpart of `encodeHandles`; `null` for what it has not written. */
export function decodeHandles(header: string): string[] | null {
  const handles = [...new Set(header.split(','))]
  const isOurs = handles.every((handle) => /^[\w-]{22,}$/.test(handle))
  return isOurs && encodeHandles(handles) !== null ? handles : null
}
