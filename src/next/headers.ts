export { cookies, headers } from '../headers.ts'
