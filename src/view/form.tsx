'use client'
import {
  type ComponentProps,
  type ReactNode,
  type RefObject,
  useContext,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import { useFormStatus } from 'react-dom'
import type { RouteHref } from '../routes/route-href.ts'
import { addressOf } from './base-path.ts'
import { leaveForm, restoreDraft } from './drafts.ts'
import { warnOfProps } from './form-warnings.ts'
import { RouterContext } from './router-context.ts'
import { submittedTo } from './search-form.ts'

export type FormProps<href extends string = string> = Omit<
  ComponentProps<'form'>,
  'action' | 'method' | 'encType' | 'target'
> & {
  /** A path, to which the fields are added as search parameters, or a function. */
  action: RouteHref<href> | ((fields: FormData) => void | Promise<void>)
  /** With a path: replace the current entry of the history instead of adding one. */
  replace?: boolean | undefined
  /** With a path: `false` keeps the scroll position. */
  scroll?: boolean | undefined
  /** As `next/form` has it. Without effect: which page is next is known when the fields are. */
  prefetch?: false | null | undefined
  /**
   * With a function: `true` keeps what was typed after the submission, where React empties the
   * fields. Read when the submission has ended, so it may say how: `keepValues={!state.ok}`.
   */
  keepValues?: boolean | undefined
}

/** A form that calls a function, or that navigates within the app. */
export function Form<href extends string = string>(props: FormProps<href>): ReactNode {
  const { action, replace, scroll, prefetch: _, keepValues, ref, children, ...form } = props
  const router = useContext(RouterContext)
  const element = useRef<HTMLFormElement>(null)
  const submitting = useRef(false)
  useImperativeHandle(ref, () => element.current as HTMLFormElement)

  useLayoutEffect(() => {
    const current = element.current as HTMLFormElement
    restoreDraft(current)
    if (process.env.NODE_ENV !== 'production') warnOfProps(props)
    return () => leaveForm(current)
  }, [])

  return (
    <form
      {...form}
      method={undefined}
      encType={undefined}
      target={undefined}
      action={typeof action === 'string' ? addressOf(action) : action}
      ref={element}
      onReset={(event) => {
        form.onReset?.(event)
        // React's reset after a submission; one by the user or by code comes at another time.
        if (keepValues && submitting.current) event.preventDefault()
      }}
      onSubmit={(event) => {
        form.onSubmit?.(event)
        const isPath = typeof action === 'string' && !event.defaultPrevented
        const target = isPath && submittedTo(event, action)
        if (!target) return
        event.preventDefault()
        router[replace ? 'replace' : 'push'](target, { scroll })
      }}
    >
      {children}
      <Submission running={submitting} />
    </form>
  )
}

/**
 * Tells whether a submission is running. React resets the form in the commit that ends it, and
 * before the effects of that commit.
 */
function Submission({ running }: { running: RefObject<boolean> }): ReactNode {
  const { pending } = useFormStatus()
  useLayoutEffect(() => {
    running.current = pending
  }, [running, pending])
  return null
}
