/** What makes two scripts the same, attributes as React names them, and the text of an inline one. */
export type ScriptSource = { key: string; attributes: object; text: string | null }

const loading = new Map<string, Promise<void>>()

/**
 * Inserts a script, unless that was done before. `done` ends when it has run; one that failed can
 * be loaded again.
 */
export function loadScript(source: ScriptSource): { done: Promise<void>; isFirst: boolean } {
  const other = loading.get(source.key)
  if (other) return { done: other, isFirst: false }
  const done = insertScript(source)
  loading.set(source.key, done)
  done.catch(() => loading.delete(source.key))
  return { done, isFirst: true }
}

function insertScript({ attributes, text }: ScriptSource): Promise<void> {
  const script = document.createElement('script')
  for (const [name, value] of Object.entries(attributes)) setAttribute(script, name, value)
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error(`Could not load ${script.src}`)))
    if (text !== null) script.textContent = text
    document.body.append(script)
    // An inline script runs while it is inserted, and has no load event.
    if (text !== null) resolve()
  })
}

function setAttribute(script: HTMLScriptElement, name: string, value: unknown): void {
  if (value === true) script.setAttribute(name, '')
  if (typeof value === 'string') script.setAttribute(name === 'className' ? 'class' : name, value)
}
