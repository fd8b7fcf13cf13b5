import type { FunctionIdentity } from '../wire/reference.ts'
import { secretId } from './function-id.ts'
import type { KeyRing } from './key-ring.ts'

/** A callable server function, as `functions.json` and `volley functions` tell it. */
export type ListedFunction = FunctionIdentity & {
  id: string
  /** The name under which its module exports it; generated for an inline function. */
  exportName: string
  /** Of the source file, counted from 1. */
  line: number
  /** Whether it is an export, rather than an inline function. */
  exported: boolean
  /** Files that import it, relative to the root. */
  referencedBy: string[]
}

/** `dist/server/functions.json`: what `start` needs to know of the functions of a build. */
export type FunctionList = {
  /** Fingerprint of the key that made the ids. */
  key: string
  /** The version of React that was built in. */
  react: string
  /** The version of the copy of React's Flight that was built in. */
  flight: string
  functions: ListedFunction[]
}

/**
 * The ids that other keys of the ring give to the functions of a build, each with the build's own
 * id. A page that was rendered before the key was changed calls by such an id.
 */
export function otherIds(list: FunctionList, ring: KeyRing): Map<string, string> {
  const ids = new Map<string, string>()
  for (const listed of list.functions) {
    for (const secret of ring) {
      const id = secretId(secret, listed)
      if (id !== listed.id) ids.set(id, listed.id)
    }
  }
  return ids
}
