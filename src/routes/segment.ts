import { RouteError } from './route-error.ts'

/** What a directory below `app/` stands for in a URL. */
export type Segment = Form & {
  /**
   * The directory is no part of the paths below the one that it is in: it intercepts those beside it,
   * so many segments further up, or from the root on.
   */
  intercepts?: 0 | 1 | 2 | 'root'
}

type Form =
  | { kind: 'root' }
  | { kind: 'static'; value: string }
  | { kind: 'group'; name: string }
  | { kind: 'param'; name: string }
  | { kind: 'catch-all'; name: string }
  | { kind: 'optional-catch-all'; name: string }
  /** A part of the layout beside it, with pages of its own: no part of a URL. */
  | { kind: 'slot'; slot: string }

const dynamicForms = [
  [/^\[\[\.\.\.([^[\]]*)\]\]$/, 'optional-catch-all'],
  [/^\[\.\.\.([^[\]]*)\]$/, 'catch-all'],
  [/^\[([^[\]]*)\]$/, 'param'],
] as const

/** `__proto__` as a key of `params` would not be an ordinary property everywhere. */
const paramName = /^(?!__proto__$)[\p{L}\p{N}_$-]+$/u

/** The meaning of one directory's name; `file` is a file below it, for the message of an error. */
export function parseSegment(directory: string, file: string): Segment {
  const marker = markers.find(([text]) => directory.startsWith(text))
  if (!marker) return parseForm(directory, file)
  const [text, intercepts] = marker
  const rest = directory.slice(text.length)
  if (/^[(@]|^$/.test(rest)) throw badInterception(directory, file)
  return { ...parseForm(rest, file), intercepts }
}

/** The longest first. */
const markers = [
  ['(..)(..)', 2],
  ['(...)', 'root'],
  ['(..)', 1],
  ['(.)', 0],
] as const

function parseForm(directory: string, file: string): Form {
  if (directory.startsWith('@')) return { kind: 'slot', slot: slotName(directory, file) }
  for (const [form, kind] of dynamicForms) {
    const name = form.exec(directory)?.[1]
    if (name !== undefined) return { kind, name: parseParamName(name, directory, file) }
  }
  const group = /^\(([^()]+)\)$/.exec(directory)?.[1]
  if (group !== undefined) return { kind: 'group', name: group }
  if (/[[\]()]/.test(directory)) throw badSegment(directory, file)
  return { kind: 'static', value: decodeDirectory(directory, file) }
}

/** A slot is a property of its layout, which has two others. */
function slotName(directory: string, file: string): string {
  const name = directory.slice(1)
  if (!paramName.test(name) || name === 'children' || name === 'params') {
    throw badSegment(directory, file)
  }
  return name
}

function parseParamName(name: string, directory: string, file: string): string {
  if (!paramName.test(name)) throw badSegment(directory, file)
  return name
}

/** `%5Fdrafts` is how a directory names a URL segment that would otherwise be a private folder. */
function decodeDirectory(directory: string, file: string): string {
  let value = '/'
  try {
    value = decodeURIComponent(directory)
  } catch {
    // A malformed escape, refused below like an encoded slash: no path is matched by either.
  }
  if (value.includes('/')) throw badSegment(directory, file)
  return value
}

function badSegment(directory: string, file: string): RouteError {
  const forms = 'name, [param], [...all], [[...all]], (group), @slot or (.)name'
  const message = `The directory "${directory}" of app/${file} is no route segment: write it as ${forms}.`
  return new RouteError('bad-segment', message, file)
}

function badInterception(directory: string, file: string): RouteError {
  const message = `The directory "${directory}" of app/${file} does not say what it intercepts: write (.), (..), (..)(..) or, from app/ on, (...) and behind it a name or [param].`
  return new RouteError('bad-interception', message, file)
}
