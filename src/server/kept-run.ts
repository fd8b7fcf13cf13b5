import type { Run } from './submission.ts'

/** What is looked at and kept of a value at most, in bytes and in values. */
const limits = { size: 1024 * 1024, values: 10_000 }

/**
 * A run as it is kept for those who send its submission again, and about how many bytes it takes. A
 * value that is large, or that can be read only once, is not kept: they learn that it was there.
 */
export function keptRun(run: Run): { kept: Run; size: number } {
  const { ending, cookies, tags } = run
  const size = sizeOf(ending)
  const rest = sizeOf([cookies, tags]) ?? limits.size
  if (size !== null) return { kept: run, size: size + rest }
  const error = new Error(
    'This submission was sent again. It has run once, and what it returned was too large to be kept, or a stream.',
  )
  return { kept: { ...run, ending: { kind: 'error', error } }, size: rest }
}

/** About how much memory a value takes; `null` for one that is not kept. */
function sizeOf(value: unknown): number | null {
  let size = 0
  let values = 0
  const seen = new Set<object>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const item = open.pop()
    size += ownSize(item)
    if (size > limits.size || ++values > limits.values) return null
    if (typeof item !== 'object' || item === null || seen.has(item)) continue
    seen.add(item)
    const parts = partsOf(item)
    if (!parts) return null
    for (const part of parts) open.push(part)
  }
  return size
}

function ownSize(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (value instanceof Blob) return value.size
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? value.byteLength : 16
}

/** `null` for what is read once, and for what throws when it is looked at. */
function partsOf(value: object): Iterable<unknown> | null {
  if (ArrayBuffer.isView(value)) return []
  if (value instanceof ReadableStream || Symbol.asyncIterator in value) return null
  if (value instanceof Map) return [...value].flat()
  if (value instanceof Set) return value
  try {
    return Object.values(value)
  } catch {
    // A getter of it throws. Its caller is told so by React.
    return null
  }
}
