import { ReplyError, type ReplyLimits } from './reply-limits.ts'

/** What is counted over all rows of a reply. */
type Counted = 'items' | 'properties' | 'references' | 'streams' | 'entries' | 'rows'

/** What was found in the values of a reply so far, and where its limits are counted. */
export interface Findings {
  readonly limits: ReplyLimits
  readonly counts: Record<Counted, number>
  /** Whether the values are what they will be: no string of them stands for something else. */
  isPlain: boolean
  /** Whether an argument stays in the browser and is only named here. */
  hasTemporary: boolean
}

/** A string that stands for another part of the reply, and how deep it stands. */
export type Link = { kind: 'value' | 'function' | 'stream'; row: string; depth: number }

export function createFindings(limits: ReplyLimits): Findings {
  const counts = { items: 0, properties: 0, references: 0, streams: 0, entries: 0, rows: 0 }
  return { limits, counts, isPlain: true, hasTemporary: false }
}

/** @throws ReplyError when there are more than the limit of that name allows */
export function count({ limits, counts }: Findings, what: Counted, amount = 1): void {
  counts[what] += amount
  if (counts[what] > limits[what]) throw over(what, limits)
}

/** One row of a reply. `height` is how deep it is without what it links to; streams have an end. */
export type Row = { json: unknown; height: number; links: Link[]; hasEnd: boolean }

/** Looks through the parsed JSON of one row, before React does. @throws ReplyError */
export function surveyRow(json: unknown, findings: Findings): Row {
  const row: Row = { json, height: 0, links: [], hasEnd: false }
  visit(json, 0, { findings, row })
  return row
}

type Visit = { findings: Findings; row: Row }

function visit(value: unknown, depth: number, to: Visit): void {
  if (typeof value === 'string') {
    if (value.startsWith('$')) visitText(value, depth, to)
  } else if (typeof value === 'object' && value !== null) {
    const { limits } = to.findings
    if (depth >= limits.depth) throw over('depth', limits)
    to.row.height = Math.max(to.row.height, depth + 1)
    if (Array.isArray(value)) visitItems(value, depth + 1, to)
    else visitProperties(value, depth + 1, to)
  }
}

function visitItems(items: unknown[], depth: number, to: Visit): void {
  count(to.findings, 'items', items.length)
  for (const item of items) visit(item, depth, to)
}

/** Names by which an object reaches what it inherits. */
const inherited = new Set(['__proto__', 'constructor', 'prototype'])

function visitProperties(value: object, depth: number, to: Visit): void {
  const entries = Object.entries(value)
  count(to.findings, 'properties', entries.length)
  for (const [key, item] of entries) {
    if (inherited.has(key)) throw new ReplyError(`A property is called ${key}`)
    visit(item, depth, to)
  }
}

/** Strings that begin with `$` are escaped, name a value that JSON lacks, or name another row. */
function visitText(text: string, depth: number, to: Visit): void {
  const { findings } = to
  findings.isPlain = false
  if (text.startsWith('$$') || constants.has(text) || date.test(text)) return
  if (text.startsWith('$n')) return requireDigits(text.slice(2), findings.limits)
  // React may make an error of each, which costs much more than the value.
  count(findings, 'references')
  if (text === '$T') {
    findings.hasTemporary = true
    return
  }
  const { kind, row } = parseLink(text)
  if (kind === 'stream') count(findings, 'streams')
  // What lies in a part of its own has no links: it is bytes, or the fields of a form.
  if (kind !== 'bytes') to.row.links.push({ kind, row, depth })
}

const constants = new Set(['$undefined', '$NaN', '$Infinity', '$-Infinity', '$-0'])
const date = /^\$D[-+:.\dTZ]{1,32}$/

function requireDigits(text: string, limits: ReplyLimits): void {
  const digits = /^-?(\d+)$/.exec(text)?.[1]
  if (digits === undefined) throw new ReplyError('A bigint is no number')
  if (digits.length > limits.digits) throw over('digits', limits)
}

/** `$Q1` is a map, `$1` the value of a row and `$1:user:name` a property of it. */
const link = /^\$(?:([@QWi])|(h)|([RrXx])|[KBAOoUSsLlGgMmV]|)([\da-f]{1,8})(:.*)?$/s

function parseLink(text: string): { kind: Link['kind'] | 'bytes'; row: string } {
  const [whole, container, fn, stream, row = '', path] = link.exec(text) ?? []
  if (whole === undefined) throw new ReplyError(`Unknown reference of ${text.length} characters`)
  const isValue = text.slice(1).startsWith(row)
  if (path !== undefined && !isValue) throw new ReplyError('A path into what has no properties')
  const number = String(Number.parseInt(row, 16))
  if (fn) return { kind: 'function', row: number }
  if (stream) return { kind: 'stream', row: `S${number}` }
  return { kind: container || isValue ? 'value' : 'bytes', row: number }
}

export function over(limit: keyof ReplyLimits, limits: ReplyLimits): ReplyError {
  return new ReplyError(`More than ${limits[limit]} (decoding.${limit})`)
}
