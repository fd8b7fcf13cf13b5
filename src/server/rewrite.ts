import type { RewriteStage } from '../routes/path-rules.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import type { Visit } from '../routes/path-rule.ts'
import type { App } from './app.ts'
import { withoutBase } from './site-path.ts'
import { parseTarget, type Target } from './target.ts'

type Rewriting = { app: App; visit: Visit; target: Target }

/**
 * Where the rewrites of the app's configuration lead a target that has the base path. They apply
 * before the app's files are looked at, after those of exactly this path, and after all others.
 */
export function rewriteTarget(app: App, visit: Visit, target: Target): Target {
  const before = rewriteAll({ app, visit, target })
  if (isExact(matchOf(app, before))) return before
  const after = rewriteUntilFound({ app, visit, target: before }, 'afterFiles')
  if (after) return after
  if (matchOf(app, before)?.kind !== 'none') return before
  return rewriteUntilFound({ app, visit, target: before }, 'fallback') ?? before
}

/** Each of the rules sees where those before it lead. */
function rewriteAll({ app, visit, target }: Rewriting): Target {
  let current = target
  let next = 0
  for (;;) {
    const rewrite = app.rules.rewriteFor('beforeFiles', visitOf(visit, current), next)
    const to = rewrite && parseTarget(rewrite.to)
    if (!rewrite || !to) return current
    current = to
    next = rewrite.next
  }
}

function rewriteUntilFound(rewriting: Rewriting, stage: RewriteStage): Target | null {
  const { app, visit } = rewriting
  let current = rewriting.target
  let found: Target | null = null
  let next = 0
  for (;;) {
    const rewrite = app.rules.rewriteFor(stage, visitOf(visit, current), next)
    const to = rewrite && parseTarget(rewrite.to)
    if (!rewrite || !to) return found
    current = to
    found = to
    if (matchOf(app, to)?.kind !== 'none') return to
    next = rewrite.next
  }
}

function visitOf(visit: Visit, { pathname, search }: Target): Visit {
  return { ...visit, pathname, search }
}

function matchOf(app: App, target: Target): RouteMatch | null {
  const own = withoutBase(target, app.config.site)
  return own && app.match(own.pathname)
}

/** A page whose path has no parameters. */
function isExact(match: RouteMatch | null): boolean {
  return match !== null && match.kind !== 'none' && Object.keys(match.params).length === 0
}
