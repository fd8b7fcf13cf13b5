import type { App } from './app.ts'
import { formsOf, functionOf } from './call.ts'

/** An inline function as its form on the page has it: its id, and the sealed values it captured. */
export type Captured = { id: string; sealed: string }

export async function capturedBy(app: App, form: string, path = '/'): Promise<Captured> {
  const html = await (await app.fetch(path)).text()
  const found = formsOf(html).find(({ id }) => id === form)!
  const [, list] = found.fields.find(([name]) => /^\$ACTION_\d+:1$/.test(name))!
  const [sealed] = JSON.parse(list) as [string]
  return { id: functionOf(found), sealed }
}
