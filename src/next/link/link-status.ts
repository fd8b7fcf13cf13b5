import { type Context, createContext, useContext } from 'react'

/** Whether the page that the link around it leads to is on its way. */
export const LinkStatusContext: Context<boolean> = createContext(false)

/** For a component within a link: `pending` from the click until the page is shown. */
export function useLinkStatus(): { pending: boolean } {
  return { pending: useContext(LinkStatusContext) }
}
