import { fillDestination, fillText } from './path-destination.ts'
import { ruleMatcher, type PathRule, type RuleMatcher, type Visit } from './path-rule.ts'

export type RedirectRule = PathRule & { destination: string; status: number }
export type RewriteRule = PathRule & { destination: string }
export type HeaderRule = PathRule & { headers: { key: string; value: string }[] }

/** What an app's configuration says about paths, in the order in which it counts. */
export type PathRules = {
  headers: HeaderRule[]
  redirects: RedirectRule[]
  /** Before the files of the app are looked at, after those that match exactly, and after all. */
  rewrites: Record<RewriteStage, RewriteRule[]>
}

export type RewriteStage = 'beforeFiles' | 'afterFiles' | 'fallback'

export type RuleBook = {
  isEmpty: boolean
  /** The headers that are for an answer. Of two with one name the last counts. */
  headersFor: (visit: Visit) => [name: string, value: string][]
  redirectFor: (visit: Visit) => { to: string; status: number } | null
  /** Where the first rule that applies leads, from the `first` on; `next` is the one after it. */
  rewriteFor: (stage: RewriteStage, visit: Visit, first?: number) => Rewrite | null
}

export type Rewrite = { to: string; next: number }

/** Compiles rules. @throws TypeError or SyntaxError for one that is no pattern */
export function ruleBook(rules: PathRules): RuleBook {
  const headers = compiled(rules.headers)
  const redirects = compiled(rules.redirects)
  const rewrites = {
    beforeFiles: compiled(rules.rewrites.beforeFiles),
    afterFiles: compiled(rules.rewrites.afterFiles),
    fallback: compiled(rules.rewrites.fallback),
  }
  const isEmpty = [headers, redirects, ...Object.values(rewrites)].every(
    (list) => list.length === 0,
  )
  return {
    isEmpty,
    headersFor: (visit) =>
      headers.flatMap(({ rule, match }) => {
        const params = match(visit)
        if (!params) return []
        return rule.headers.map(({ key, value }): [string, string] => [
          escaped(fillText(key, params).toLowerCase(), /[^\w!#$%&'*+.^`|~-]+/gu),
          escaped(fillText(value, params), /[^\t\x20-\x7e]+/gu),
        ])
      }),
    redirectFor(visit) {
      for (const { rule, match } of redirects) {
        const params = match(visit)
        if (!params) continue
        const filling = { params, search: visit.search, keepsParams: false }
        return { to: fillDestination(rule.destination, filling), status: rule.status }
      }
      return null
    },
    rewriteFor(stage, visit, first = 0) {
      for (const [i, { rule, match }] of rewrites[stage].entries()) {
        const params = i < first ? null : match(visit)
        if (!params) continue
        const filling = { params, search: visit.search, keepsParams: true }
        return { to: fillDestination(rule.destination, filling), next: i + 1 }
      }
      return null
    },
  }
}

/** What a visitor asked for may hold what no header can: line ends, and most letters there are. */
function escaped(text: string, refused: RegExp): string {
  return text.toWellFormed().replace(refused, percentEncoded)
}

function percentEncoded(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

type Compiled<rule> = { rule: rule; match: RuleMatcher }

function compiled<rule extends PathRule>(rules: readonly rule[]): Compiled<rule>[] {
  return rules.map((rule) => ({ rule, match: ruleMatcher(rule) }))
}
