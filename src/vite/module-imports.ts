import { parse } from 'vite'

/** What a module takes from others. `*` stands for every export. */
export type ModuleImports = {
  uses: { source: string; name: string }[]
  /** `export { imported as exported } from 'source'`; `export *` has `*` in both places. */
  reexports: { source: string; imported: string; exported: string }[]
}

/** Reads the imports of JavaScript. A namespace import and `import()` take every export. */
export async function readImports(code: string): Promise<ModuleImports> {
  const { module } = await parse('module.js', code)
  const uses = module.staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.map(({ importName }) => ({ source: moduleRequest.value, name: nameOf(importName) })),
  )
  for (const { moduleRequest } of module.dynamicImports) {
    const source = literal(code.slice(moduleRequest.start, moduleRequest.end))
    if (source !== null) uses.push({ source, name: '*' })
  }
  const reexports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, exportName }) => {
      if (!moduleRequest) return []
      return {
        source: moduleRequest.value,
        imported: nameOf(importName),
        exported: nameOf(exportName),
      }
    }),
  )
  return { uses, reexports }
}

function nameOf({ kind, name }: { kind: string; name: string | null }): string {
  return kind === 'Default' ? 'default' : (name ?? '*')
}

function literal(text: string): string | null {
  return /^(['"`])([^'"`$\\]+)\1$/.exec(text.trim())?.[2] ?? null
}
