import { startTransition } from 'react'
import { type Answer, tick } from './answer.ts'
import type { PageHistory } from './history.ts'
import { createMemory, type Memory } from './memory.ts'
import {
  type Dated,
  isContested,
  isLater,
  type PageState,
  type Update,
  updatePage,
} from './page-state.ts'

/** The page in this tab, between the answers that change it and the React root that shows it. */
export interface Page {
  readonly memory: Memory
  /** The page was made by another build: every navigation loads a document from now on. */
  outdated: boolean
  /** What will be shown once React has committed everything it was given. */
  latest: () => PageState
  /** What is on the screen. */
  shown: () => PageState
  /** Calls whose answer has not arrived. Each promise is fulfilled when it has. */
  readonly calls: Set<Promise<void>>
  /** Waits until an answer may be applied, and tells how. */
  readiness: (answer: Pick<Answer, 'ended'>) => Promise<Urgency>
  show: (update: Update, urgency: Urgency) => void
  /** Keeps a transition that is under way pending until a navigation has ended. */
  hold: (navigation: Promise<unknown>) => void
  /** Notes that what was rendered before this answer may be old; without one, before now. */
  invalidate: (answer?: Dated) => void
  /** Whether an answer was rendered before what it shows was invalidated. */
  isStale: (answer: Dated) => boolean
  /** Called by the React root. */
  connect: (root: Root) => void
  committed: (state: PageState) => void
}

/**
 * React holds every transition until all pending ones that wait for a call have ended. So while
 * another call is pending, an update is applied at once, which needs all of its rows to be here.
 */
type Urgency = 'transition' | 'at-once'

type Root = {
  update: (update: Update) => void
  wait: (navigation: Promise<unknown>) => void
}

export function createPage(initial: PageState, history: PageHistory): Page {
  const calls = new Set<Promise<void>>()
  const memory = createMemory()
  let latest = initial
  let shown = initial
  let root: Root | undefined
  let invalidated: Dated | undefined

  const readiness: Page['readiness'] = async (answer) => {
    if (calls.size === 0) return 'transition'
    const withoutCalls = Promise.all(calls).then(() => readiness(answer))
    return Promise.race([answer.ended.then(() => 'at-once' as const), withoutCalls])
  }

  const invalidate: Page['invalidate'] = (answer = present()) => {
    if (!invalidated || isLater(answer, invalidated) !== false) invalidated = answer
  }

  return {
    memory,
    calls,
    outdated: false,
    latest: () => latest,
    shown: () => shown,
    readiness,
    invalidate,
    show(update, urgency) {
      // Only fetching it again can tell which of two contesting regions is newer.
      if (isContested(latest, update.regions)) invalidate()
      latest = updatePage(latest, update)
      // With all regions of its page, an update is complete whichever ones React applies before it.
      const complete = update.route ? { ...update, regions: latest.regions } : update
      if (urgency === 'at-once') root?.update(complete)
      else startTransition(() => root?.update(complete))
    },
    hold(navigation) {
      // The end of a pending call would have to wait for the navigation too.
      if (calls.size === 0) startTransition(() => root?.wait(navigation))
    },
    isStale(answer) {
      if (!invalidated || answer === invalidated) return false
      return answer.sentAt < invalidated.arrivedAt && isLater(answer, invalidated) !== true
    },
    connect(connected) {
      root = connected
    },
    committed(state) {
      memory.visit(state)
      if (state.entry !== shown.entry) history.commit(state.entry)
      shown = state
    },
  }
}

/** Newer than every answer whose request was sent before now. */
function present(): Dated {
  const now = tick()
  return { stamp: { instance: '', counter: 0 }, sentAt: now, arrivedAt: now }
}
