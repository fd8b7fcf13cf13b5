import { decodeMounted, slotsHeader } from '../wire/header.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { parseTarget, type Target } from './target.ts'

/** More than anybody has slots that were each left behind by another page. */
const maxEarlier = 10

/** The pages that the browser still shows slots of, as it says: their paths are matched anew. */
export function earlierPages({ headers }: ServerRequest): Target[] {
  const hrefs = [...decodeMounted(headerOf(headers, slotsHeader))].slice(0, maxEarlier)
  return hrefs.map(parseTarget).filter((target) => target !== null)
}
