import type { ReactNode } from 'react'
import { Interrupted } from '../view/interrupted.tsx'
import { RegionError } from '../view/region-error.tsx'
import { controlFlowOf, type ControlFlow, type Interruption } from '../wire/control-flow.ts'
import type { CallFailure } from '../wire/outcome.ts'
import { headElement } from './head.tsx'
import { interruptionStatus } from './interruption-status.ts'
import type { PagePlan, PlannedRegion } from './page-plan.ts'
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
  const failed = plan.regions.findIndex(({ link }) => link.id === failure.region)
  const replaced = flow
    ? interrupted(plan, failed, flow.kind)
    : errored(plan, failed, show(failure.error))
  return { kind: 'plan', plan: replaced }
}

/** The plan of a path that no file answers for: the root's not-found boundary. */
export function unmatchedPlan(plan: PagePlan): PagePlan {
  return interrupted(plan, plan.regions.length, 'not-found')
}

function interrupted(plan: PagePlan, failed: number, kind: Interruption): PagePlan {
  const element = (region?: PlannedRegion): ReactNode => region?.boundaries?.interruptions[kind]
  const owner = regionsAbove(plan, failed, kind).findLastIndex(element)
  // Without a file, the root layout stays around Volley's own text, unless it is what failed.
  const kept = owner === -1 ? Math.min(Math.max(failed, 0), 1) : owner + 1
  const view = <Interrupted by={kind}>{element(plan.regions[owner])}</Interrupted>
  const content = kept === 0 ? <Page>{view}</Page> : view
  return { ...cut(plan, kept, { kind, content }), status: interruptionStatus[kind] }
}

function errored(plan: PagePlan, failed: number, error: CallFailure): PagePlan {
  const owner = regionsAbove(plan, failed, 'error').findLastIndex(
    ({ boundaries }) => boundaries?.error,
  )
  const fallback = plan.regions[owner]?.boundaries?.error ?? plan.globalError
  const view = <RegionError {...error} {...(fallback ? { fallback } : {})} />
  const content = fallback ? view : <Page>{view}</Page>
  return { ...cut(plan, owner + 1, { kind: 'error', content }), status: 500 }
}

/** What may answer for a failed region. A boundary that has failed itself does not get its turn again. */
function regionsAbove(plan: PagePlan, failed: number, kind: string): PlannedRegion[] {
  const hasFailed = plan.regions[failed]?.link.id.startsWith(`${kind}:`)
  return plan.regions.slice(0, Math.max(hasFailed ? failed - 1 : failed, 0))
}

/** Nothing of the app is left around what is shown, so it needs a document of its own. */
function Page({ children }: { children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}

/** Keeps the first regions, and puts content where the next one was. */
function cut(plan: PagePlan, kept: number, { kind, content }: Stand): PagePlan {
  const replaced = plan.regions[kept]
  const link = {
    id: `${kind}:${replaced?.link.id ?? plan.target.href}`,
    depth: replaced?.link.depth ?? 0,
  }
  const region: PlannedRegion = {
    link,
    boundaries: null,
    element: () => content,
    isGuarding: false,
  }
  const layouts = plan.loaded.slice(0, (plan.regions[kept - 1]?.link.depth ?? -1) + 1)
  return {
    ...plan,
    regions: [...plan.regions.slice(0, kept), region],
    head: {
      id: `head:${link.id}`,
      element: (rendering) =>
        headElement({
          loaded: layouts,
          kinds: ['layout'],
          props: plan.props,
          region: link.id,
          ...rendering,
        }),
    },
  }
}

type Stand = { kind: string; content: ReactNode }
