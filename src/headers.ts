export type { Cookies } from './context/cookies.ts'
export { cookies, headers } from './context/request-state.ts'
