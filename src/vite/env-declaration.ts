import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

const file = 'volley-env.d.ts'
const text = `/// <reference types="volley/next" />

// Written by \`volley dev\` and \`volley build\`: the types of next/* and of style sheets.
`

/** Gives a TypeScript app the types of the modules that only the plugin resolves. */
export function envDeclaration(): Plugin {
  return {
    name: 'volley:env-declaration',
    configResolved({ root }) {
      if (!existsSync(path.join(root, 'tsconfig.json'))) return
      const target = path.join(root, file)
      // An unchanged file is left alone, so that no editor or watcher wakes up for it.
      if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
    },
  }
}
