import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import type { Framework } from './target.ts'

const kept = new Set(['node_modules', 'package.json', 'package-lock.json'])

/** Puts an app together in its folder, and installs what it needs if that has changed. */
export function prepare({ name, folder, app }: Framework): void {
  mkdirSync(folder, { recursive: true })
  const file = 'package.json'
  const wanted = readFileSync(path.join(app.source, file), 'utf8')
  const installed = path.join(folder, 'node_modules', '.installed.json')
  const isInstalled = existsSync(installed) && readFileSync(installed, 'utf8') === wanted
  for (const entry of readdirSync(folder)) {
    if (!kept.has(entry)) rmSync(path.join(folder, entry), { recursive: true })
  }
  for (const [from, to] of Object.entries(app.takes)) {
    cpSync(path.join('bench/app', from), path.join(folder, to), { recursive: true })
  }
  cpSync(app.source, folder, { recursive: true })
  if (isInstalled) return
  console.log(`Installing ${name} in ${path.relative('.', folder)}`)
  install(folder, JSON.parse(wanted) as { dependencies?: object })
  cpSync(path.join(folder, file), installed)
}

function install(folder: string, { dependencies }: { dependencies?: object }): void {
  const modules = path.join(folder, 'node_modules')
  if (dependencies) {
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder)
    return
  }
  // Volley itself: this repository, with React as it is installed here.
  rmSync(modules, { recursive: true, force: true })
  mkdirSync(modules)
  symlinkSync(path.resolve('.'), path.join(modules, 'volley'))
}

/** Builds for production, from nothing. */
export function build({ folder, app }: Framework): void {
  removeMade({ folder, app })
  run(process.execPath, app.build, folder)
}

export function removeMade({ folder, app }: Pick<Framework, 'folder' | 'app'>): void {
  for (const made of app.made) rmSync(path.join(folder, made), { recursive: true, force: true })
}

function run(program: string, args: readonly string[], folder: string): void {
  const env = {
    ...process.env,
    NODE_ENV: undefined,
    NEXT_TELEMETRY_DISABLED: '1',
    VOLLEY_SECRET: 'bench',
  }
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  if (status === 0) return
  throw new Error(`${program} ${args.join(' ')} failed in ${folder}:\n${stdout}\n${stderr}`)
}
