import { send } from '../load/send.ts'
import type { Server } from '../targets/server.ts'
import { titles, type Case, type CaseName, type Cases } from './cases.ts'

/** A case whose answers were good, and how many bytes of bodies these had. */
export type Verified = Case & { bodyBytes: number }

/** A fast wrong answer must not win: every case is looked at before it is timed. */
export async function verify(
  { target, port }: Server,
  cases: Cases,
): Promise<Map<CaseName, Verified>> {
  const verified = new Map<CaseName, Verified>()
  for (const [name, one] of Object.entries(cases) as [CaseName, Case][]) {
    const texts: string[] = []
    let problem = one.steps.length > 0 ? null : 'was not asked for'
    for (const step of one.steps) {
      const { status, text } = await send(port, step)
      texts.push(text)
      if (status !== 200) problem = `has status ${status}`
    }
    const text = texts.join('\n')
    problem ??= text.includes(one.expected) ? null : `has no ${one.expected}`
    problem ??= checks[name](text)
    if (problem) throw new Error(`${target.name}, ${titles[name]}: the answer ${problem}:\n${text}`)
    verified.set(name, { ...one, bodyBytes: Buffer.byteLength(text) })
  }
  return verified
}

/** What is wrong with a text; `null` when it is what a browser needs. */
const checks = {
  value: (text) => (count(text, /Post number \d+/g) === 0 ? null : 'has the page too'),
  rerender: checkPosts,
  form: checkDocument,
  html: checkDocument,
  navigation: checkPosts,
} satisfies Record<CaseName, (text: string) => string | null>

/** Fifty posts, with the ids that their delete forms are bound to. */
function checkPosts(text: string): string | null {
  const counts = {
    titles: count(text, /Post number \d+/g),
    texts: count(text, /The text of post number \d+/g),
    ids: count(text, /\bpost-\d+/g),
  }
  const wrong = Object.entries(counts).find(([, found]) => found !== 50)
  return wrong ? `has ${wrong[1]} ${wrong[0]} of posts` : null
}

/** The page of fifty posts with its layout, both Client Components and all its forms. */
function checkDocument(text: string): string | null {
  const parts = ['<html', '<h1>Posts</h1>', 'name="title"', 'name="text"', '<output', '>4100<']
  const missing = parts.find((part) => !text.includes(part))
  if (missing !== undefined) return `has no ${missing}`
  const forms = text.match(/<form/g)?.length
  return forms === 52 ? checkPosts(text) : `has ${forms} forms`
}

function count(text: string, pattern: RegExp): number {
  return new Set(text.match(pattern)).size
}
