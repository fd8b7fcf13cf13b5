import type { Router } from './router-context.ts'

/** The router of a page that is rendered to HTML: nothing navigates. */
export const stillRouter: Router = {
  push() {},
  replace() {},
  refresh() {},
  back() {},
  forward() {},
  prefetch() {},
}
