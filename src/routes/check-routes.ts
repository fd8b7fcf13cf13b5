import { checkInterceptions } from './check-interceptions.ts'
import { RouteError } from './route-error.ts'
import type { RouteFile } from './route-file.ts'
import type { Segment } from './segment.ts'
import { shownPath } from './shown-path.ts'

type DynamicSegment = Extract<Segment, { name: string }>

/** What the tree itself cannot show: whether its files agree about each URL. */
export function checkRoutes(files: readonly RouteFile[]): void {
  const answers = files.filter(({ kind }) => kind === 'page' || kind === 'route')
  for (const file of files) checkParams(file)
  checkSlots(files)
  checkInterceptions(files)
  checkParamNames(answers)
  checkSamePath(answers)
  checkRootLayouts(files)
}

function checkParams(file: RouteFile): void {
  const at = file.segments.findIndex(({ intercepts }) => intercepts !== undefined)
  // What intercepts is found by two paths: that of the page it is for, and the one it shows.
  checkPath(pathOf(file.segments.slice(0, Math.max(at, 0))), file)
  checkPath(pathOf(file.segments), file)
}

function pathOf(segments: readonly Segment[]): Segment[] {
  return shownPath(segments.map((segment) => ({ segment }))).map(({ segment }) => segment)
}

function checkPath(segments: readonly Segment[], file: RouteFile): void {
  const names = segments.filter(isDynamic).map(({ name }) => name)
  const repeated = names.find((name, i) => names.indexOf(name) < i)
  if (repeated !== undefined) {
    const message = `The path of app/${file.path} has two parameters named "${repeated}": rename one.`
    throw new RouteError('duplicate-param', message, file.path)
  }
  const isMisplaced = segments.slice(0, -1).some(isCatchAll)
  if (isMisplaced) {
    const message = `A catch-all takes the rest of a path, so nothing can follow it: move app/${file.path} up, or use [param] directories.`
    throw new RouteError('misplaced-catch-all', message, file.path)
  }
}

/** A parameter that had two names at one place would make `params` depend on which page is asked for. */
function checkParamNames(files: readonly RouteFile[]): void {
  const seen = new Map<string, { name: string; path: string }>()
  for (const file of files) {
    const segments = urlSegments(file)
    for (const [i, segment] of segments.entries()) {
      if (!isDynamic(segment)) continue
      const place = slotOf(file) + shape(segments.slice(0, i + 1))
      const other = seen.get(place)
      if (other && other.name !== segment.name) {
        const message = `app/${other.path} and app/${file.path} name the same part of a path "${other.name}" and "${segment.name}": use one name.`
        throw new RouteError('param-names', message, file.path)
      }
      seen.set(place, { name: segment.name, path: file.path })
    }
  }
}

function checkSamePath(files: readonly RouteFile[]): void {
  const seen = new Map<string, RouteFile>()
  for (const file of files) {
    for (const path of pathsOf(urlSegments(file)).map((shaped) => slotOf(file) + shaped)) {
      const other = seen.get(path)
      if (other) throw samePath(other, file)
      seen.set(path, file)
    }
  }
}

/** An optional catch-all answers for the path above it and for those that a catch-all would take. */
function pathsOf(segments: readonly Segment[]): string[] {
  if (segments.at(-1)?.kind !== 'optional-catch-all') return [shape(segments)]
  const above = segments.slice(0, -1)
  return [shape(above), shape([...above, { kind: 'catch-all', name: '' }])]
}

function samePath(one: RouteFile, other: RouteFile): RouteError {
  if (one.dir === other.dir) {
    const message = `app/${one.path} and app/${other.path} answer for the same path: a directory holds a page or a route handler, so move one.`
    return new RouteError('page-and-route', message, other.path)
  }
  const message = `app/${one.path} and app/${other.path} answer for the same path: move or remove one. (Groups are not part of a path; an optional catch-all also takes the path above it.)`
  return new RouteError('same-path', message, other.path)
}

/** Slots are told apart, and what intercepts: each one shows a page of its own for one path. */
function slotOf({ dir, segments }: RouteFile): string {
  const depth = segments.findLastIndex(isApart) + 1
  return depth === 0 ? '' : `${dir.split('/').slice(0, depth).join('/')}: `
}

function isApart({ kind, intercepts }: Segment): boolean {
  return kind === 'slot' || intercepts !== undefined
}

/** A slot is a property of the layout beside it. */
function checkSlots(files: readonly RouteFile[]): void {
  const layouts = layoutDirectories(files)
  for (const { kind, dir, path, segments } of files) {
    for (const [i, segment] of segments.entries()) {
      if (segment.kind !== 'slot') continue
      const owner = ['app', ...dir.split('/').slice(0, i)].join('/')
      if (kind === 'route') {
        const message = `app/${path} is in the slot "@${segment.slot}", which only shows pages: move it to a directory outside of slots.`
        throw new RouteError('route-in-slot', message, path)
      }
      if (layouts.has(owner.slice('app/'.length))) continue
      const message = `app/${path} is in the slot "@${segment.slot}" of a layout that is not there: create ${owner}/layout.tsx, which gets it as the property "${segment.slot}".`
      throw new RouteError('slot-without-layout', message, path)
    }
  }
}

function layoutDirectories(files: readonly RouteFile[]): Set<string> {
  return new Set(files.filter(({ kind }) => kind === 'layout').map(({ dir }) => dir))
}

function checkRootLayouts(files: readonly RouteFile[]): void {
  const layouts = layoutDirectories(files)
  for (const { kind, dir, path } of files) {
    if (kind !== 'page' || ancestors(dir).some((ancestor) => layouts.has(ancestor))) continue
    const message = `app/${path} has no layout above it to render <html> and <body>: create app/layout.tsx.`
    throw new RouteError('missing-root-layout', message, path)
  }
}

/** `a/b` → '', `a`, `a/b`. */
function ancestors(dir: string): string[] {
  const directories = dir === '' ? [] : dir.split('/')
  return ['', ...directories.map((_, i) => directories.slice(0, i + 1).join('/'))]
}

/** Equal for paths that the same URLs match: parameters without their names. */
function shape(segments: readonly Segment[]): string {
  return segments
    .map((segment) => (segment.kind === 'static' ? `=${segment.value}` : segment.kind))
    .join('/')
}

function urlSegments(file: RouteFile): Segment[] {
  return file.segments.filter(({ kind }) => kind !== 'group' && kind !== 'slot')
}

function isDynamic(segment: Segment): segment is DynamicSegment {
  return segment.kind === 'param' || isCatchAll(segment)
}

function isCatchAll({ kind }: Segment): boolean {
  return kind === 'catch-all' || kind === 'optional-catch-all'
}
