import { startTransition } from 'react'
import type { Route } from '../wire/payload.ts'
import type { Answer } from './answer.ts'
import { tick } from './clock.ts'
import { beginHistory, commitEntry } from './history.ts'
import { remember } from './memory.ts'
import {
  type Dated,
  isContested,
  isLater,
  type PageState,
  regionsOf,
  type Update,
  updatePage,
} from './page-state.ts'

/**
 * The page of this tab, between the answers that change it and the React root that shows it. A tab
 * has one page, so its state is this module's.
 */

/** What will be shown once React has committed everything it was given. */
export let latest: PageState
/** What is on the screen. */
export let shown: PageState
/** The build that the page was made by. */
export let build: string
/** The server has another build by now: every navigation loads a document. */
export let isOutdated: boolean

let root: Root | undefined
let invalidated: Dated | undefined

type Root = {
  update: (update: Update) => void
  wait: (hold: Hold) => void
}

/** A navigation that a transition is to wait for, and the version of the page before it. */
export type Hold = { version: number; ended: Promise<unknown> }

/** Calls whose answer has not arrived. Each promise is fulfilled when it has. */
export const calls: Set<Promise<void>> = new Set()

/** Begins with the page of a document, whose payload always has one. */
export function beginPage({ payload, made }: Answer): void {
  const route = payload.route as Route
  const entry = beginHistory(route.pages)
  latest = shown = { route, regions: regionsOf(payload, made), entry, version: 0 }
  build = payload.build
  isOutdated = false
  invalidated = undefined
}

export function markOutdated(): void {
  isOutdated = true
}

/** Called by the React root, which shows the page. */
export function connectRoot(connected: Root): void {
  root = connected
}

export function committed(state: PageState): void {
  remember(state)
  if (state.entry !== shown.entry) commitEntry(state.entry, state.route.pages)
  shown = state
  for (const done of onCommit.splice(0)) done()
}

const onCommit: (() => void)[] = []

/**
 * Waits until an answer can be shown. React holds every transition until all pending ones that wait
 * for a call have ended. So while calls are pending, an answer is shown at once, outside a
 * transition, which needs all of its rows to be here.
 */
export async function readiness(ended: Promise<unknown>): Promise<void> {
  const complete = ended.then(() => true)
  while (calls.size > 0) {
    if (await Promise.race([complete, ...calls])) return
  }
}

/** In the `transition` that a call was made in: its value and its regions appear together. */
export function show(change: Omit<Update, 'version'>, transition?: object | null): void {
  // Only fetching it again can tell which of two contesting regions is newer.
  if (isContested(latest, change.regions)) invalidate()
  const update = { ...change, version: latest.version + 1 }
  latest = updatePage(latest, update)
  // With all regions of its page, an update is complete whichever ones React applies before it.
  const complete = change.route ? { ...update, regions: latest.regions } : update
  if (calls.size > 0 && !transition) root?.update(complete)
  else startTransition(() => root?.update(complete))
}

/** Keeps a transition that is under way pending until a navigation is on the screen. */
export function hold(navigation: Promise<unknown>): void {
  const { version } = latest
  const onScreen = (): unknown =>
    latest.version > version && new Promise<void>((done) => onCommit.push(done))
  const ended = navigation.then(onScreen, reportError)
  // The end of a pending call would have to wait for the navigation too.
  if (calls.size === 0) startTransition(() => root?.wait({ version, ended }))
}

/** Notes that what was rendered before an answer may be old; without one, before now. */
export function invalidate(by?: Dated): void {
  const now = tick()
  const made = by ?? { stamp: { instance: '', counter: now }, sentAt: now, arrivedAt: now }
  if (!invalidated || isLater(made, invalidated) !== false) invalidated = made
}

/** Whether an answer that is shown may have been rendered before what it shows was invalidated. */
export function isStale(made: Dated): boolean {
  if (!invalidated || made === invalidated || made.sentAt > invalidated.arrivedAt) return false
  const isShown = Object.values(latest.regions).some(({ from }) => from === made)
  return isShown && isLater(made, invalidated) !== true
}
