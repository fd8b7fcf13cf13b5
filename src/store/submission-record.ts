import { createHash } from 'node:crypto'
import type { Done, Visitors } from './submission-store.ts'

/** An outcome as text. Whatever cannot be written rejects. */
export type Codec<outcome> = {
  encode(outcome: outcome): Promise<string>
  decode(text: string): Promise<outcome>
}

/** What is left of a run for other instances, without a cookie by which somebody could be another one. */
export interface Records<outcome> {
  write(cookie: string, outcome: outcome): Promise<string>
  /** `null` if it is another visitor's. Rejects where the outcome could not be written. */
  read(record: string, cookie: string): Promise<Done<outcome> | null>
}

/** In characters: what is longer is not kept. */
const maxSize = 1024 * 1024

export function createRecords<outcome>(
  codec: Codec<outcome>,
  visitors: Visitors<outcome>,
  report: (error: unknown) => void,
): Records<outcome> {
  return {
    async write(cookie, outcome) {
      const text = await codec.encode(outcome).catch(report)
      const kept = text && text.length <= maxSize ? text : null
      const names = [visitors.nameOf(cookie), visitors.nameAfter(cookie, outcome)]
      return JSON.stringify([...names.map(hashOf), kept])
    },
    async read(record, cookie) {
      const [before, after, text] = JSON.parse(record) as [string, string, string | null]
      const visitor = hashOf(visitors.nameOf(cookie))
      if (visitor !== before && visitor !== after) return null
      if (text === null) {
        throw new Error('This submission was sent again. It has run once, and its result is lost.')
      }
      const outcome = await codec.decode(text)
      return { outcome, kept: outcome, size: text.length }
    },
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
