import type { ComponentProps } from 'react'

type Attributes = Omit<
  ComponentProps<'script'>,
  'onLoad' | 'onError' | 'children' | 'dangerouslySetInnerHTML'
>

export type ScriptProps = Attributes & {
  /** In the HTML, inserted when the page has mounted (the default), or when the browser is idle. */
  strategy?: 'beforeInteractive' | 'afterInteractive' | 'lazyOnload'
  /** Called once, when the script has run. */
  onLoad?: () => void
  /** Called when the script has run, and whenever the component mounts after that. */
  onReady?: () => void
  onError?: (error: unknown) => void
  children?: string | string[]
  dangerouslySetInnerHTML?: { __html: string }
}
