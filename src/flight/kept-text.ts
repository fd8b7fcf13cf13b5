/** How a kept text begins: one of plain values, or one of Flight. */
export const plainMark = 'p'
export const flightMark = 'f'

/** Whether a text holds elements or the like, which only the build that made it can read. */
export function isOfBuild(text: string): boolean {
  return text.startsWith(flightMark)
}
