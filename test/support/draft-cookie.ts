import { draftMode, installDraftMode } from '../../src/context/draft-mode.ts'
import { createContext, runInContext } from '../../src/context/request-context.ts'
import { contextRequest } from './context-request.ts'

/** The `Cookie` header of a visitor who previews drafts. */
export async function draftCookie(): Promise<string> {
  installDraftMode(['the secret of the tests'], { isDevelopment: false })
  const context = createContext('function', 'enable', contextRequest())
  await runInContext(context, async () => (await draftMode()).enable())
  return String(context.cookies)
}
