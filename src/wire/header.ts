/**
 * Names of the HTTP headers that Volley adds to a request. No header grants anything: each one
 * only names what the browser wants or already has.
 */
export const callHeader = 'volley-call'
/** The key of a submission: the same for each attempt to send it. */
export const keyHeader = 'volley-key'
/** Marks the request that fetches the cookies of a ticket. */
export const ticketHeader = 'volley-ticket'
/** The build that the page in the browser was made by. */
export const buildHeader = 'volley-build'
/** The regions that the browser has mounted; see `encodeMounted`. */
export const mountedHeader = 'volley-mounted'
/** The pages, the latest first, that the slots in the browser may show something of. */
export const slotsHeader = 'volley-slots'

/** The handles of tracked regions, with commas between them. */
export const regionsHeader = 'volley-regions'

/** The content type of a payload: a React Flight stream. */
export const payloadType = 'text/x-component'

/** Region ids and paths may hold any character, so each is percent-encoded before they are joined. */
export function encodeMounted(regions: readonly string[]): string {
  return regions.map(encodeURIComponent).join()
}

/** The counterpart of `encodeMounted`; an absent, empty or malformed header means "none". */
export function decodeMounted(header: string | undefined): ReadonlySet<string> {
  if (!header) return new Set()
  try {
    return new Set(header.split(',').map(decodeURIComponent))
  } catch {
    // A malformed escape: the header can only narrow an answer, so a full answer is always right.
    return new Set()
  }
}
