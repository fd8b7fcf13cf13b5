import type { Answer } from './answer.ts'
import type { PageState, Regions } from './page-state.ts'

/** What the runtime does for tracked regions: it is loaded by the pages of an app that has some. */
export interface Tracking {
  /** Headers of a call that comes from this place: it is most likely about the regions around it. */
  headersAt(target: unknown): Record<string, string> | undefined
  /** Adds to a page that is made of two others what of their tracked regions is still shown. */
  keep(page: PageState, of: readonly [Regions, Regions]): void
  /** Fetches the regions that an answer has not brought, though it says that they have changed. */
  freshen(answer: Answer, transition: object | null): Promise<void>
}

export let tracking: Tracking | null

export function useTracking(given: Tracking | null): void {
  tracking = given
}
