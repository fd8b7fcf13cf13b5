/*
 * What the configuration says about the addresses of an app. Vite writes both into the code, as they
 * are written here: in an app without them nothing is left of this.
 */

/** The address of a path of the app. What is no path from its root stays. */
export function addressOf(href: string): string {
  if (!import.meta.env.VOLLEY_BASE_PATH && !import.meta.env.VOLLEY_TRAILING_SLASH) return href
  if (!/^\/(?!\/)/.test(href)) return href
  // The name of a file has no slash behind it.
  const path = import.meta.env.VOLLEY_TRAILING_SLASH
    ? href.replace(/^[^?#]*\/[^./?#]+(?=[?#]|$)/, '$&/')
    : href
  return import.meta.env.VOLLEY_BASE_PATH + path
}
