import { randomUUID } from 'node:crypto'
import { createSeals, SealError } from '../flight/seal.ts'
import type { SubmissionStore } from '../store/submission-store.ts'
import { Refusal } from './refusal.ts'
import type { Run } from './submission.ts'

/**
 * A ticket brings cookies to the browser that were set when the head of their answer had gone. They
 * are sealed in it, so that the page can neither read nor write them.
 */
export interface Tickets {
  /** For these `Set-Cookie` headers. */
  issue(lines: readonly string[]): string
  /**
   * The headers of a ticket that nobody has used before.
   * @throws Refusal `stale` for every other text
   */
  redeem(ticket: string): Promise<string[]>
}

type Sealed = { id: string; until: number; lines: string[] }

/** In milliseconds: browsers redeem a ticket as soon as they have it. */
const life = 60_000

/** No id of a function, so that nothing else that is sealed is a ticket. */
const purpose = 'volley ticket'

/** Used tickets are remembered where submissions are: in this process, or for all instances. */
export function createTickets(secrets: readonly string[], used: SubmissionStore<Run>): Tickets {
  const seals = createSeals(secrets)

  const open = (ticket: string): Sealed => {
    try {
      return JSON.parse(seals.open(ticket, [purpose])) as Sealed
    } catch (error) {
      if (error instanceof SealError) throw new Refusal('stale', `No ticket: ${error.message}`)
      throw error
    }
  }

  const isFirstUse = async (id: string): Promise<boolean> => {
    let isFirst = false
    const note = async () => {
      isFirst = true
      return { outcome: nothing, kept: nothing, size: 0 }
    }
    // Whoever sends it: a ticket has one use, and not one for each visitor.
    const use = { key: id, content: purpose, cookie: '' }
    await used.once(use, note, { timeout: life, isOver: () => false })
    return isFirst
  }

  return {
    issue(lines) {
      const sealed: Sealed = { id: randomUUID(), until: Date.now() + life, lines: [...lines] }
      return seals.seal(JSON.stringify(sealed), purpose)
    },
    async redeem(ticket) {
      const { id, until, lines } = open(ticket)
      if (Date.now() > until) throw new Refusal('stale', 'The ticket has expired')
      if (!(await isFirstUse(id))) throw new Refusal('stale', 'The ticket was used before')
      return lines
    },
  }
}

const nothing: Run = {
  ending: { kind: 'value', value: null },
  cookies: [],
  tags: [],
  refresh: false,
}
