/**
 * Does a host, with its port where that is not the scheme's, match a pattern of `allowedOrigins`?
 * `*` stands for exactly one label and `**`, in front only, for one or more. A pattern must end in
 * two plain labels, so that nobody trusts a whole top-level domain. `null` matches the origin of
 * sandboxed documents. Letter case is ignored.
 */
export function matchesOriginPattern(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = host.toLowerCase()
  if (!wanted.includes('*')) return wanted === given
  const labels = wanted.split('.')
  if (labels.length < 3 || labels.slice(-2).some((label) => label.includes('*'))) return false
  return matchLabels(given.split('.'), labels)
}

function matchLabels(given: string[], wanted: string[]): boolean {
  const [first, ...rest] = wanted
  if (first === '**') {
    const front = given.slice(0, given.length - rest.length)
    return front.length > 0 && front.every(Boolean) && matchLabels(given.slice(front.length), rest)
  }
  if (given.length !== wanted.length) return false
  return wanted.every((label, i) => (label === '*' ? Boolean(given[i]) : label === given[i]))
}

/** Whether a text may be a pattern: a host, and no wildcard above a whole domain (`*.com`, `*`). */
export function isOriginPattern(text: string): boolean {
  if (text === 'null') return true
  const bare = text.replace(/^\*\*?\./, '')
  const labels = bare.replace(/:\d+$/, '').split('.')
  const isHost = /^[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?$/i.test(bare)
  return isHost && (bare === text || labels.length > 1)
}

export const expectedPattern = "a host such as 'example.com', 'localhost:4000' or '*.example.com'"
