import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { FunctionList } from '../secret/function-list.ts'
import { fingerprint, type KeyRing } from '../secret/key-ring.ts'
import { requireFlight, requireReact } from '../vite/react-version.ts'
import { CommandError } from './report-error.ts'

/** Where `volley build` wrote, and what `volley start` reads. */
export type BuildOutput = { client: string; entry: string; functions: FunctionList }

/** @throws CommandError if there is no build, or none that may be served */
export function readBuild(root: string): BuildOutput {
  const file = path.join(root, 'dist/server/functions.json')
  if (!existsSync(file)) {
    throw new CommandError(
      `There is no build in ${path.join(root, 'dist')}. Run \`volley build\` first.`,
    )
  }
  const functions = readList(file)
  requireReact(functions.react)
  requireFlight(functions.flight, functions.react)
  return {
    client: path.join(root, 'dist/client'),
    entry: path.join(root, 'dist/server/index.js'),
    functions,
  }
}

/** @throws CommandError naming the fingerprint of the key that is missing */
export function requireKey(functions: FunctionList, ring: KeyRing | null): KeyRing {
  if (ring?.some((secret) => fingerprint(secret) === functions.key)) return ring
  const given = ring
    ? `VOLLEY_SECRET, or this machine's key, has ${ring.map(fingerprint).join(', ')}.`
    : 'VOLLEY_SECRET is not set, and this machine has no key of its own.'
  throw new CommandError(
    `The app was built with the key ${functions.key}, which is not in the key ring. ${given} ` +
      'Start with the VOLLEY_SECRET that the build had, or build again.',
  )
}

function readList(file: string): FunctionList {
  const list = JSON.parse(readFileSync(file, 'utf8')) as Partial<FunctionList>
  const isWhole = [list.react, list.flight, list.key].every((text) => typeof text === 'string')
  if (isWhole && Array.isArray(list.functions)) return list as FunctionList
  throw new CommandError(`${file} is of another version of Volley. Run \`volley build\` again.`)
}
