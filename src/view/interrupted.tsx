import type { ReactNode } from 'react'
import type { Interruption } from '../wire/control-flow.ts'
import { interruptionLine } from '../wire/interruption-line.ts'
import { Notice } from './notice.tsx'

/** What is shown after `notFound()` and the like: the app's own file, or a line of text. */
export function Interrupted(props: { by: Interruption; children?: ReactNode }): ReactNode {
  return (
    <>
      <meta name="robots" content="noindex" />
      {props.children ?? <Notice title={interruptionLine[props.by]} />}
    </>
  )
}
