import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { RouteError } from '../routes/route-error.ts'
import { AppDirectoryError } from './app-directory.ts'
import { readRoutes } from './app-module.ts'
import { routeTypes } from './route-types.ts'

const file = 'volley-env.d.ts'
const head = `/// <reference types="volley/next" />

// Written by \`volley dev\` and \`volley build\`: the types of next/*, of style sheets, and of the app's routes.
`

/** Gives a TypeScript app the types of its routes, and of the modules that only the plugin resolves. */
export function envDeclaration(options: { typedRoutes: boolean }): Plugin {
  return {
    name: 'volley:env-declaration',
    configResolved({ root }) {
      writeDeclaration(root, options)
    },
    configureServer({ config, watcher }) {
      const update = (): void => writeDeclaration(config.root, options)
      watcher.on('add', update).on('unlink', update)
    },
  }
}

function writeDeclaration(root: string, options: { typedRoutes: boolean }): void {
  if (!existsSync(path.join(root, 'tsconfig.json'))) return
  const routes = appRoutes(root, options)
  if (routes === null) return
  const target = path.join(root, file)
  const text = `${head}\n${routes}`
  // An unchanged file is left alone, so that no editor or watcher wakes up for it.
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
}

/** `null` for an app with a mistake in its routes: others tell of it, and what was written stays. */
function appRoutes(root: string, options: { typedRoutes: boolean }): string | null {
  try {
    return routeTypes(readRoutes(root).routes, options)
  } catch (error) {
    if (error instanceof RouteError || error instanceof AppDirectoryError) return null
    throw error
  }
}
