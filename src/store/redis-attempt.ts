/**
 * For commands that one can do without: `null` where they fail. `report` is told when Redis begins
 * to refuse them; that it is gone is for whoever watches the connection to tell.
 */
export function createAttempt(
  report: (error: unknown) => void,
): <reply>(command: Promise<reply>) => Promise<reply | null> {
  let isRefused = false
  return async (command) => {
    try {
      const reply = await command
      isRefused = false
      return reply
    } catch (error) {
      const isRefusal = error instanceof Error && error.name === 'ReplyError'
      if (isRefusal && !isRefused) report(error)
      isRefused ||= isRefusal
      return null
    }
  }
}
