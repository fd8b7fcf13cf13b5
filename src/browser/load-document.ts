import { resolveTarget } from '../view/href.ts'
import type { HistoryEntry } from './history.ts'

/**
 * Lets the browser load a document. The promise stays pending, because this page is about to end.
 * @throws TypeError for a target that is not `http(s)`: it could run as a script of this page
 */
export function loadDocument(href: string, kind: HistoryEntry['kind']): Promise<never> {
  const { leads, url } = resolveTarget(href, location.href)
  if (leads === 'nowhere') throw new TypeError(`Not a path or a URL: ${href}`)
  if (url.href === location.href && !url.hash) location.reload()
  else location[kind === 'push' ? 'assign' : 'replace'](url)
  return new Promise(() => {})
}
