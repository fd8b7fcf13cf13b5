import { LRUCache } from 'lru-cache'
import type { Entry } from './cache-store.ts'

/**
 * The entries that this process holds, up to about `maxSize` bytes of its heap: those that nobody
 * has asked for longest go first.
 */
export function createLocalEntries(maxSize: number = 64 * 1024 * 1024): LRUCache<string, Entry> {
  return new LRUCache({ maxSize, sizeCalculation: sizeOf })
}

/** In bytes, as measured: the objects of an entry with its place in the cache, and those of a tag. */
const entrySize = 330
const tagSize = 40

function sizeOf({ value, tags }: Entry, key: string): number {
  let size = entrySize + bytesOf(key) + bytesOf(value)
  for (const tag of tags) size += tagSize + bytesOf(tag)
  return size
}

/** One character that needs two bytes makes all of a string need them. */
function bytesOf(text: string): number {
  return /[\u0100-\uffff]/.test(text) ? 2 * text.length : text.length
}
