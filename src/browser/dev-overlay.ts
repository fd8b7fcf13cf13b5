import type { CallServer } from '../flight/browser.ts'
import { controlFlowOf } from '../wire/control-flow.ts'

const shown = new WeakSet<Error>()

/** Shows an error of the server in the overlay of Vite's dev server, once. */
export function showInOverlay(error: unknown): void {
  const Overlay = customElements.get('vite-error-overlay')
  if (!Overlay || !(error instanceof Error) || !isFromServer(error) || shown.has(error)) return
  shown.add(error)
  // Of a module that does not compile, the dev server itself shows the file and the line.
  if (document.querySelector('vite-error-overlay')) return
  const { name, message, stack = '' } = error
  // The overlay shows the frames below the message, which the stack begins with once more.
  const frames = stack.slice(Math.max(0, stack.search(/^ +at /m)))
  document.body.append(new Overlay({ message: `${name}: ${message}`, stack: frames }))
}

/** For the errors that the callers of server functions catch. */
export function withOverlay(callServer: CallServer): CallServer {
  return async (id, args) => {
    try {
      return await callServer(id, args)
    } catch (error) {
      showInOverlay(error)
      throw error
    }
  }
}

/** The server gives a digest to what it logs. Control flow has one too, but is no error. */
function isFromServer(error: Error): boolean {
  return 'digest' in error && controlFlowOf(error) === null
}
