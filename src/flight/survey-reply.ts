import { maxIdLength } from '../wire/reference.ts'
import { ReplyError, type ReplyLimits } from './reply-limits.ts'
import { count, createFindings, over, surveyRow, type Findings, type Row } from './survey-row.ts'

/** What a reply holds, found out before React decodes it. */
export type Survey = {
  /** The root as it is, where decoding would only copy it. */
  plain: unknown
  /** Ids of the server functions that are arguments, or bound. */
  functions: string[]
  hasTemporary: boolean
}

/** A reply that is one text: the JSON of its root, which refers to nothing but itself. @throws ReplyError */
export function surveyText(text: string, limits: ReplyLimits): Survey {
  const findings = createFindings(limits)
  const root = parse(text)
  const row = surveyRow(root, findings)
  if (row.links.length > 0) requireDepth(new Map([['0', row]]), limits)
  if (findings.counts.streams > 0) throw endless()
  return { plain: findings.isPlain ? root : undefined, functions: [], ...findings }
}

/**
 * A reply that is a form. Its parts are `<prefix>0`, the root, other rows, streams
 * (`<prefix>S1`, a part for each item), files, and fields of forms (`<prefix>_1_name`). Parts
 * without the prefix are none of it. The root is a list of arguments, or a server function with
 * bound ones, which comes first in `functions`.
 * @throws ReplyError
 */
export function surveyParts(form: FormData, parts: Parts, limits: ReplyLimits): Survey {
  const findings = createFindings(limits)
  const rows = readRows(form, parts.prefix, findings)
  if (!rows.has('0')) throw new ReplyError('There is no part with the arguments')
  requireDepth(rows, limits)
  const named = new Set(parts.root === 'function' ? ['0'] : [])
  for (const { kind, row } of [...rows.values()].flatMap(({ links }) => links)) {
    if (kind === 'function') named.add(row)
    if (kind === 'stream' && !rows.get(row)?.hasEnd) throw endless()
  }
  const functions = Array.from(named, (row) => functionIn(row, rows, limits))
  return { plain: undefined, functions, ...findings }
}

type Parts = { prefix: string; root: 'arguments' | 'function' }

type Rows = Map<string, Row>

function readRows(form: FormData, prefix: string, findings: Findings): Rows {
  const rows: Rows = new Map()
  for (const [name, value] of form) {
    if (!name.startsWith(prefix)) continue
    const { kind, key } = parseName(name.slice(prefix.length))
    if (kind === 'entry') count(findings, 'entries')
    // What is a file has no rows in it.
    else if (typeof value === 'string') addPart(rows, { kind, key, value }, findings)
  }
  return rows
}

type Part = { kind: 'row' | 'item'; key: string; value: string }

function addPart(rows: Rows, { kind, key, value }: Part, findings: Findings): void {
  const known = rows.get(key)
  if (known && kind === 'row') throw new ReplyError('A part is there twice')
  count(findings, 'rows')
  const row = surveyRow(kind === 'item' ? parseItem(value) : parse(value), findings)
  row.hasEnd = kind === 'item' && value.startsWith('C')
  if (known) join(known, row)
  else rows.set(key, row)
}

/** All parts are here: whoever reads a stream that they do not end would wait for ever. */
function endless(): ReplyError {
  return new ReplyError('A stream has no end')
}

/** The items of a stream stand side by side. */
function join(items: Row, item: Row): void {
  items.height = Math.max(items.height, item.height)
  items.hasEnd ||= item.hasEnd
  for (const link of item.links) items.links.push(link)
}

function parseName(name: string): { kind: 'row' | 'item' | 'entry'; key: string } {
  const [key, item] = /^(?:\d{1,9}|(S\d{1,9}))$/.exec(name) ?? []
  if (key !== undefined) return { kind: item ? 'item' : 'row', key }
  if (/^_\d{1,9}_/.test(name)) return { kind: 'entry', key: '' }
  throw new ReplyError('A part has a name that no encoder gives')
}

/** `C` ends a stream; an async iterable may return a value with it. */
function parseItem(text: string): unknown {
  if (text === 'C') return null
  return parse(text.startsWith('C') ? text.slice(1) : text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What a parser says of it quotes it, and this is nobody's business.
    throw new ReplyError('A part is not JSON')
  }
}

/**
 * Follows the links in React's order: from the root, and then what nothing refers to. A row that is
 * being read is not read once more, so that a value may contain itself.
 */
function requireDepth(rows: Rows, limits: ReplyLimits): void {
  const heights = new Map<string, number>()
  const heightOf = (key: string, above: number): number => {
    let height = heights.get(key) ?? rows.get(key)?.height ?? 0
    if (above + height > limits.depth) throw over('depth', limits)
    if (heights.has(key)) return height
    heights.set(key, 0)
    for (const { row, depth } of rows.get(key)?.links ?? []) {
      const hop = Math.max(depth, 1)
      height = Math.max(height, hop + heightOf(row, above + hop))
    }
    heights.set(key, height)
    return height
  }
  for (const key of ['0', ...rows.keys()]) heightOf(key, 0)
}

/** The id in a row such as `{"id":"…","bound":null}`, or `"$@2"` for a row with bound arguments. */
function functionIn(row: string, rows: Rows, limits: ReplyLimits): string {
  const { id, bound = null, ...rest } = Object(rows.get(row)?.json) as Record<string, unknown>
  // React would resolve an id that begins with `$`, as it does every string.
  const isId = typeof id === 'string' && id.length <= maxIdLength && !id.startsWith('$')
  if (!isId || Object.keys(rest).length > 0) {
    throw new ReplyError('A reference names no server function')
  }
  if (bound !== null) requireBound(bound, rows, limits)
  return id
}

function requireBound(bound: unknown, rows: Rows, limits: ReplyLimits): void {
  const [, row] = typeof bound === 'string' ? (/^\$@([\da-f]{1,8})$/.exec(bound) ?? []) : []
  const values = row === undefined ? null : rows.get(String(Number.parseInt(row, 16)))?.json
  if (!Array.isArray(values)) throw new ReplyError('Bound arguments are no list')
  if (values.length > limits.bound) throw over('bound', limits)
}
