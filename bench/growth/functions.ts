import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { volley } from '../targets/list.ts'
import { build, prepare } from '../targets/prepare.ts'
import type { Framework } from '../targets/target.ts'

/** The app of the bench with so many more server functions, of which a page may call any. */
export function buildWithFunctions(count: number): Framework {
  const target = { ...volley, folder: path.resolve(`bench/.peers/volley-${count}-functions`) }
  prepare(target)
  const folder = path.join(target.folder, 'app/many')
  mkdirSync(folder)
  const functions = Array.from({ length: count }, (_, index) => functionOf(index))
  writeFileSync(path.join(folder, 'functions.ts'), ["'use server'", ...functions].join('\n\n'))
  writeFileSync(path.join(folder, 'caller.tsx'), caller)
  writeFileSync(path.join(folder, 'page.tsx'), `export { Caller as default } from './caller'\n`)
  build(target)
  return target
}

function functionOf(index: number): string {
  return `export async function answer${index}(value: number) {\n  return value + ${index}\n}`
}

const caller = `'use client'

import * as functions from './functions'

export function Caller() {
  const names = Object.keys(functions) as (keyof typeof functions)[]
  return names.map((name) => <button key={name} onClick={() => functions[name](1)} />)
}
`
