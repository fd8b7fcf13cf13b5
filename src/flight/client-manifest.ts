/** The module of a reference as the renderer's manifest gave it, without the tag. */
export function withoutFreshTag(module: string): string {
  return module.replace(/\$\$cache=\w*$/, '')
}

/**
 * What React's renderer looks client references up in: their ids are `<module>#<export>`, and
 * plugin-rsc's loader takes the module's part as it is. `freshTag` is for development, where a
 * new tag makes the HTML renderer load an edited component again.
 */
export function createClientManifest(freshTag = ''): object {
  return new Proxy(
    {},
    {
      get(_target, reference) {
        if (typeof reference !== 'string') return null
        const end = reference.lastIndexOf('#')
        const name = reference.slice(end + 1)
        return { id: reference.slice(0, end) + freshTag, name, chunks: [], async: true }
      },
    },
  )
}
