import { pathPattern, type PathParams } from './path-pattern.ts'

/** What a request must have, or must not have, for a rule to apply. A `value` is a regular expression. */
export type RuleCondition =
  | { type: 'header' | 'cookie' | 'query'; key: string; value?: string }
  | { type: 'host'; value: string }

/** Which requests something is said about. */
export type PathRule = {
  source: string
  has?: RuleCondition[]
  missing?: RuleCondition[]
}

/** What rules look at in a request. */
export type Visit = {
  pathname: string
  /** With its question mark, or empty. */
  search: string
  /** By lower-case name. */
  header: (name: string) => string | undefined
  cookie: (name: string) => string | undefined
}

/** What the pattern and the conditions took of a request; `null` where the rule does not apply. */
export type RuleMatcher = (visit: Visit) => PathParams | null

/** @throws TypeError or SyntaxError for a source or a value that is no pattern */
export function ruleMatcher({ source, has = [], missing = [] }: PathRule): RuleMatcher {
  const matchPath = pathPattern(source)
  const wanted = has.map(conditionMatcher)
  const unwanted = missing.map(conditionMatcher)
  return (visit) => {
    const params = matchPath(visit.pathname)
    if (!params || unwanted.some((condition) => condition(visit))) return null
    for (const condition of wanted) {
      const more = condition(visit)
      if (!more) return null
      Object.assign(params, more)
    }
    return params
  }
}

function conditionMatcher(condition: RuleCondition): RuleMatcher {
  const { value } = condition
  const pattern = value === undefined ? null : new RegExp(`^${value}$`)
  return (visit) => {
    const found = valueOf(condition, visit)
    if (found === undefined) return null
    if (!pattern) return 'key' in condition ? { [paramName(condition.key)]: found } : {}
    const match = pattern.exec(found)
    return match && { ...match.groups }
  }
}

function valueOf(condition: RuleCondition, { search, header, cookie }: Visit): string | undefined {
  switch (condition.type) {
    case 'header':
      return header(condition.key.toLowerCase())
    case 'cookie':
      return cookie(condition.key)
    case 'query':
      return new URLSearchParams(search).getAll(condition.key).at(-1)
    default:
      return header('host')?.replace(/:\d+$/, '').toLowerCase()
  }
}

/** Parameters of a destination are named by letters and digits. */
function paramName(key: string): string {
  return key.replace(/\W/g, '')
}
