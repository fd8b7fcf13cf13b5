import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const dist = path.resolve('dist')
const environments = ['rsc', 'ssr'] as const
const read = (file: string) => readFileSync(path.join(dist, file), 'utf8')
const modulesOf = (environment: string) =>
  JSON.parse(read(`bundled/${environment}/modules.json`)) as string[]

/** What apps import by name. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: object }
const entries = Object.keys(exports)
  .map((name) => name.slice('./'.length))
  .filter((name) => existsSync(path.join(dist, `${name}.js`)) && name !== 'vite')
const nextModules = readdirSync(path.join(dist, 'next'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => `next/${path.parse(file).name}`)
const named = [...entries, ...nextModules]

test.for(environments)(
  'what an app imports is in the bundle of %s, so that no module is there twice',
  (environment) => {
    const isOutside = (name: string) =>
      environment === 'rsc' ? read(`${name}.js`).startsWith("'use client'") : name === 'region'
    expect(modulesOf(environment)).toEqual(
      expect.arrayContaining(named.filter((name) => !isOutside(name))),
    )
  },
)

test.for(environments)(
  'the bundle of %s asks for nothing but packages and client components',
  (environment) => {
    const imports = [...read(`bundled/${environment}/volley.js`).matchAll(/from "([^"]+)"/g)]
    const own = imports.map(([, source = '']) => source).filter((source) => /^[./]/.test(source))
    expect(imports.length).toBeGreaterThan(3)
    expect(own).toEqual([])
    expect(read(`bundled/${environment}/native.js`)).not.toContain('import.meta')
  },
)
