'use client'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { inlineText } from './script/inline-text.ts'
import { loadScript } from './script/load-script.ts'
import type { ScriptProps } from './script/script-props.ts'
import { whenIdle } from './script/when-idle.ts'

export type { ScriptProps } from './script/script-props.ts'

/** A script that is loaded once, however often it is rendered. */
export default function Script(props: ScriptProps): ReactNode {
  const { strategy, onLoad, onReady, onError, children, dangerouslySetInnerHTML, ...rest } = props
  const text = inlineText(dangerouslySetInnerHTML, children)

  const ready = useEffectEvent(() => onReady?.())
  const load = useEffectEvent(() => {
    const key = rest.id ?? rest.src ?? text ?? ''
    const { done, isFirst } = loadScript({ key, attributes: rest, text })
    if (isFirst) void done.then(onLoad, onError ?? ignore)
    void done.then(ready, ignore)
  })
  useEffect(() => {
    if (strategy === 'beforeInteractive') return ready()
    return strategy === 'lazyOnload' ? whenIdle(load) : load()
  }, [strategy])

  if (strategy !== 'beforeInteractive') return null
  if (text === null) return <script {...rest} />
  return <script {...rest} dangerouslySetInnerHTML={{ __html: text }} />
}

/** The browser itself reports a script that it could not load. */
function ignore(): void {}
