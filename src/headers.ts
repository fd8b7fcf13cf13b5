export { callKey, signal } from './context/call-state.ts'
export type { Cookies } from './context/cookies.ts'
export { draftMode, type DraftMode } from './context/draft-mode.ts'
export { cookies, headers } from './context/request-state.ts'
