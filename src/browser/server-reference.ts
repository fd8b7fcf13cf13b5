/** What the compiler puts in place of a server function in the browser's modules. */
export { createServerReference } from '../flight/browser.ts'
