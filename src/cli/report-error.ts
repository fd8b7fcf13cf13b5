import { stripVTControlCharacters } from 'node:util'

/** Errors whose message is all that a person needs: a stack would only hide it. */
const selfExplanatory = new Set([
  'AppDirectoryError',
  'CommandError',
  'CompileError',
  'EnvironmentError',
  'InstrumentationError',
  'KeyRingError',
  'NextConfigError',
  'OptionError',
  'ReactVersionError',
  'RouteError',
  'UsageError',
])

/** A command cannot do what it was asked; the message says why and what to do. */
export class CommandError extends Error {
  override name = 'CommandError'
}

export function reportError(error: unknown): void {
  const text = describeErrors(error, process.cwd()).join('\n\n')
  // Vite's bundler colours its messages wherever they go.
  console.error(process.stderr.isTTY ? text : stripVTControlCharacters(text))
}

/** What the terminal shows of an error: file, message and code frame, or else its stack. */
export function describeErrors(error: unknown, root: string): string[] {
  if (!(error instanceof Error)) return [`volley: ${String(error)}`]
  // A failed build holds an error for each file.
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.flatMap((each) => describeErrors(each, root))
  }
  const place = placeOf(error, root)
  const frame = 'frame' in error && typeof error.frame === 'string' ? error.frame : ''
  if (place === '' && !selfExplanatory.has(error.name))
    return [`volley: ${error.stack ?? error.message}`]
  return [[place, `volley: ${error.message}`, frame.trimEnd()].filter(Boolean).join('\n')]
}

/** `app/actions.ts:3:8`, as terminals make it a link. */
function placeOf(error: Error, root: string): string {
  const id = 'id' in error && typeof error.id === 'string' ? error.id : ''
  if (id === '' || id.startsWith('\0')) return ''
  const file = id.replace(/\?.*$/, '').replace(`${root}/`, '')
  const loc = 'loc' in error && isLocation(error.loc) ? error.loc : null
  return loc ? `${file}:${loc.line}:${loc.column + 1}` : file
}

function isLocation(value: unknown): value is { line: number; column: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'line' in value &&
    'column' in value &&
    typeof value.line === 'number' &&
    typeof value.column === 'number'
  )
}
