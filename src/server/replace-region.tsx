import type { ReactNode } from 'react'
import { isLayoutRegion } from '../routes/region-id.ts'
import { Interrupted } from '../view/interrupted.tsx'
import { RegionError } from '../view/region-error.tsx'
import { controlFlowOf, type ControlFlow, type Interruption } from '../wire/control-flow.ts'
import type { CallFailure } from '../wire/outcome.ts'
import { interruptionStatus } from './interruption-status.ts'
import type { PagePlan } from './page-plan.ts'
import type { PlannedRegion } from './plan-part.ts'
import { pathTo } from './plan-path.ts'
import { replacePart } from './replace-part.ts'
import type { RegionFailure } from './root-watch.ts'

export type Replacement =
  | { kind: 'redirect'; flow: Extract<ControlFlow, { kind: 'redirect' }> }
  | { kind: 'plan'; plan: PagePlan }

/**
 * The plan in which the nearest boundary above a failed region stands in its place, with the status
 * that goes with it. A redirect replaces the page as a whole.
 */
export function replaceRegion(
  plan: PagePlan,
  failure: RegionFailure,
  show: (error: unknown) => CallFailure,
): Replacement {
  const flow = controlFlowOf(failure.error)
  if (flow?.kind === 'redirect') return { kind: 'redirect', flow }
  const path = pathTo(plan, failure.region)
  const replaced = flow
    ? interrupted(plan, path, flow.kind)
    : errored(plan, path, show(failure.error))
  return { kind: 'plan', plan: replaced }
}

/**
 * The plan itself, or that of a path that no file answers for: neither a page, nor a `default` file
 * in place of what has none. It ends in the not-found boundary of the layout that lacks it.
 */
export function unmatchedPlan(plan: PagePlan): PagePlan {
  const { match, regions, slots } = plan
  const leaf = regions.at(-1)
  const isPage = leaf !== undefined && !isLayoutRegion(leaf.link.id)
  if (match.kind === 'none' || !isPage) return interrupted(plan, [...regions, null], 'not-found')
  const empty = slots.find((slot) => slot.regions.length === 0)
  return empty ? interrupted(plan, [...pathTo(plan, empty.owner), null], 'not-found') : plan
}

/** The regions from the root layout to the one that failed; `null` for one that is not there. */
type Path = readonly (PlannedRegion | null)[]

function interrupted(plan: PagePlan, path: Path, kind: Interruption): PagePlan {
  const element = (region?: PlannedRegion | null): ReactNode =>
    region?.boundaries?.interruptions[kind]
  const owner = regionsAbove(path, kind).findLastIndex(element)
  // Without a file, the root layout stays around Volley's own text, unless it is what failed.
  const kept = owner === -1 ? Math.min(Math.max(path.length - 1, 0), 1) : owner + 1
  const view = <Interrupted by={kind}>{element(path[owner])}</Interrupted>
  const content = kept === 0 ? <Page>{view}</Page> : view
  const cut = replacePart(plan, path.slice(0, kept + 1), { kind, content })
  return { ...cut, status: interruptionStatus[kind] }
}

function errored(plan: PagePlan, path: Path, error: CallFailure): PagePlan {
  const owner = regionsAbove(path, 'error').findLastIndex((region) => region?.boundaries?.error)
  const fallback = path[owner]?.boundaries?.error ?? plan.globalError
  const view = <RegionError {...error} {...(fallback ? { fallback } : {})} />
  const content = fallback ? view : <Page>{view}</Page>
  const cut = replacePart(plan, path.slice(0, owner + 2), { kind: 'error', content })
  return { ...cut, status: 500 }
}

/** What may answer for a failed region. A boundary that has failed itself does not get its turn again. */
function regionsAbove(path: Path, kind: string): Path {
  const hasFailed = path.at(-1)?.link.id.startsWith(`${kind}:`)
  return path.slice(0, hasFailed ? -2 : -1)
}

/** Nothing of the app is left around what is shown, so it needs a document of its own. */
function Page({ children }: { children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
