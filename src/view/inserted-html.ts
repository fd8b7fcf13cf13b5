'use client'
import { type Context, createContext, type ReactNode, useContext } from 'react'

/** Where to say what else the HTML has to hold; nobody listens in the browser. */
export const InsertedHtmlContext: Context<((render: () => ReactNode) => void) | null> =
  createContext<((render: () => ReactNode) => void) | null>(null)

/**
 * For libraries that collect styles while components render: `render` is asked for what was collected
 * whenever a part of the HTML is about to be sent, and that goes before the part.
 */
export function useServerInsertedHTML(render: () => ReactNode): void {
  useContext(InsertedHtmlContext)?.(render)
}
