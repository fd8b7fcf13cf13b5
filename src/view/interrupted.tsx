import type { ReactNode } from 'react'
import type { Interruption } from '../wire/control-flow.ts'
import { Notice } from './notice.tsx'

const titles: Record<Interruption, string> = {
  'not-found': '404 This page could not be found.',
  forbidden: '403 Forbidden',
  unauthorized: '401 Unauthorized',
}

/** What is shown after `notFound()` and the like: the app's own file, or a line of text. */
export function Interrupted(props: { by: Interruption; children?: ReactNode }): ReactNode {
  return (
    <>
      <meta name="robots" content="noindex" />
      {props.children ?? <Notice title={titles[props.by]} />}
    </>
  )
}
