import { createContext } from '../context/request-context.ts'
import { decodeForm, functionNamed, type DecodedForm } from '../flight/decode.ts'
import { ControlFlowError } from '../wire/control-flow.ts'
import type { App } from './app.ts'
import { afterAnswer } from './after-answer.ts'
import { assertSameSite } from './cross-site.ts'
import { answerDocument, redirectAnswer, type DocumentRequest } from './document.ts'
import { refuseReply } from './call.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { assertSize, bodyType, entryOf } from './guard.ts'
import { invoke, type Ending } from './invoke.ts'
import type { PagePlan } from './page-plan.ts'
import { Refusal } from './refusal.ts'
import { replaceRegion } from './replace-region.tsx'
import { shownError } from './shown-error.ts'

/**
 * A form that was posted to a page without JavaScript: the same guard, the same run, and the page
 * as HTML, with the state that `useActionState` will show. A form that names no server function
 * renders the page.
 */
export async function answerForm(
  app: App,
  request: ServerRequest,
  plan: PagePlan,
): Promise<ServerAnswer> {
  const fields = await guardForm(app, request)
  const decoded = await decodeForm(fields, app.config.server.decoding).catch(refuseReply)
  if (!decoded) {
    const context = createContext('render', plan.target.pathname, request.headers)
    const answer = await answerDocument({ app, context, plan, isPost: true })
    return { ...answer, onFinish: afterAnswer(app, context) }
  }
  const { name } = entryOf(decoded.id, app)
  const context = createContext('function', name, request.headers)
  const started = performance.now()
  const ending = await invoke(context, decoded.run)
  app.log({
    kind: 'call',
    name,
    args: [fields],
    outcome: ending.kind,
    milliseconds: performance.now() - started,
    regions: plan.regions.length,
  })
  const answer = await answerEnding({ app, context, plan, isPost: true }, ending, decoded)
  return { ...answer, onFinish: afterAnswer(app, context) }
}

async function answerEnding(
  request: DocumentRequest,
  ending: Ending,
  decoded: DecodedForm,
): Promise<ServerAnswer> {
  if (ending.kind === 'redirect') return redirectAnswer(request, ending)
  if (ending.kind === 'value') {
    const formState = await decoded.state(ending.value)
    return answerDocument({ ...request, ...(formState === null ? {} : { formState }) })
  }
  return answerDocument({ ...request, plan: interruptedPlan(request, ending) })
}

/** What the function threw is shown as if its page had thrown it. */
function interruptedPlan(
  { app, context, plan }: DocumentRequest,
  ending: Exclude<Ending, { kind: 'value' | 'redirect' }>,
): PagePlan {
  const error = ending.kind === 'error' ? ending.error : new ControlFlowError(ending)
  const region = plan.regions.at(-1)?.link.id ?? ''
  const replacement = replaceRegion(plan, { region, error }, (thrown) =>
    shownError(thrown, app, context.where),
  )
  return replacement.kind === 'plan' ? replacement.plan : plan
}

/**
 * Reads the form up to the field that names a server function, and no further if there is no such
 * function. @throws Refusal
 */
async function guardForm(app: App, request: ServerRequest): Promise<FormData> {
  assertSameSite(request, app.config.server)
  const limit = app.config.server.bodySizeLimit
  assertSize(request, limit)
  const type = bodyType(request)
  if (type !== 'multipart' && type !== 'urlencoded') {
    throw new Refusal('unsupported-type', 'A form is multipart or urlencoded')
  }
  return request.form({
    limit,
    onField(field, value) {
      const id = nameIn(field, value)
      if (id !== null) entryOf(id, app)
    },
  })
}

function nameIn(field: string, value: string): string | null {
  try {
    return functionNamed(field, value)
  } catch (error) {
    return refuseReply(error)
  }
}
