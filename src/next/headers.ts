export { cookies, draftMode, type DraftMode, headers } from '../headers.ts'
