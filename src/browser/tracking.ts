import type { Answer } from './answer.ts'
import type { PageState, Update } from './page-state.ts'

/** What the runtime does for tracked regions: it is in the code of apps that have some. */
export interface Tracking {
  /** Headers of a call that is made now: it is most likely about the regions around the event that it comes from. */
  headers(): Record<string, string> | undefined
  /** Adds to the regions of a page that is made of two others what of their tracked ones is still shown. */
  keep(page: Pick<PageState, 'route' | 'regions'>, older: PageState, newer: Update): void
  /** Fetches the regions that an answer has not brought, though it says that they have changed. */
  freshen(answer: Answer, transition: object | null): Promise<void>
}

export let tracking: Tracking | undefined

export function setTracking(given: Tracking): void {
  tracking = given
}
