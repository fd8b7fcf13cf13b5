import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse, proxyModule, serverModule } from '../../test/support/compile.ts'
import { CompileError } from './compile-error.ts'

/**
 * Every folder has an `input.tsx` and what becomes of it: `server.out.js` for the graph that
 * renders, `browser.out.js` for the two that a browser loads, or `error.txt`.
 */
const directory = path.resolve('test/fixtures/compiler')
const [wrong, right] = partition(readdirSync(directory), (name) => name.startsWith('error-'))

test.for(right)('%s', async (name) => {
  const { file, source, expected } = read(name)
  const server = await serverModule(source, { path: file })
  const browser = await proxyModule(source, { path: file }).catch(() => null)
  expect(() => parse(server!.code, 'js')).not.toThrow()
  await expect(server!.code).toMatchFileSnapshot(expected('server.out.js'))
  if (browser) await expect(browser.code).toMatchFileSnapshot(expected('browser.out.js'))
})

test.for(wrong)('%s', async (name) => {
  const { file, source, expected } = read(name)
  const error = await compileError(source, file)
  const { code, message, line, column, frame, fix } = error
  expect(message).toContain(fix)
  const text = `${code}\n\n${message}\n\n${error.file}:${line}:${column}\n${frame}\n`
  await expect(text).toMatchFileSnapshot(expected('error.txt'))
})

/** What is right on the server may be wrong in a module that the browser loads. */
async function compileError(source: string, file: string): Promise<CompileError> {
  for (const compile of [serverModule, proxyModule]) {
    const error: unknown = await compile(source, { path: file }).catch((thrown: unknown) => thrown)
    if (error instanceof CompileError) return error
    if (error instanceof Error) throw error
  }
  throw new Error(`${file} compiles`)
}

function read(name: string) {
  const expected = (output: string) => path.join(directory, name, output)
  const source = readFileSync(expected('input.tsx'), 'utf8')
  return { file: `app/${name.replace(/^error-/, '')}.tsx`, source, expected }
}

function partition<value>(values: value[], isFirst: (value: value) => boolean): [value[], value[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))]
}
