import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { formsOf } from '../support/call.ts'
import { runCli } from '../support/cli.ts'
import { failingBuild, lineOf } from '../support/failing-build.ts'
import { copyFixture } from '../support/fixture.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('rules-app', mode)

  const answers = {
    'exported by name as well as by default works under its name (6)': ['twice', 'twice x'],
    'exported by name as well as by default works as the default (6)': ['byDefault', 'twice x'],
    "below 'use strict' in a file works (14)": ['typed', 'typed x'],
    "below 'use strict' in a function, a method of an object, works (14, 20)": [
      'method',
      'method x',
    ],
    'may contain functions and classes that use this, super and arguments (18)': [
      'nested',
      'nested X 2',
    ],
    'may be a static method (19)': ['static', 'static x'],
    'may be what a wrapper returns (21)': ['wrapped', 'wrapped x in a wrapper'],
    'may be destructured (21)': ['taken', 'taken x'],
    'may be the member of an object (21)': ['member', 'member x'],
    'made by a wrapper has the inline function that it wraps (22)': ['checked', 'CHECKED X'],
    'made by a wrapper and exported has the function that it wraps (22)': ['shouted', 'TWICE X'],
    'may sit in a file that exports types (24)': ['typed', 'typed x'],
    'may use require() in a module (26)': ['required', 'required x /'],
    'may be re-exported by name (25)': ['renamed', 'twice x'],
    'may be re-exported in a namespace (25)': ['namespaced', 'nested X 2'],
    'captures the used property, whatever is beside it (40)': ['partly', 'partly 15 x'],
    'returned by another captures values of both (41)': ['inner', 'inner 15 own of x last'],
  } as const
  test.for(Object.entries(answers))('a server function %s', async ([, [name, answer]]) => {
    const { page } = await visit(app(), '/')
    await page.click(`#${name}`)
    await expectText(page, '#result', answer)
  })

  test('what an async generator yields arrives while it runs (23)', async () => {
    const { page } = await visit(app(), '/')
    await page.click('#stream')
    await expectText(page, '#result', 'first x')
    await page.click('#let-go')
    await expectText(page, '#result', 'second x')
  })

  test('browser and server import one instance of a module (27)', async () => {
    const { page } = await visit(app(), '/')
    const rendered = Number(await page.textContent('#rendered'))
    await page.click('#bump')
    await expectText(page, '#result', String(rendered + 1))
    const html = await (await app().fetch('/')).text()
    expect(Number(/id="rendered">(\d+)/.exec(html)![1])).toBeGreaterThan(rendered + 1)
  })

  test('a page file with the directive is a page (30)', async () => {
    const { page } = await visit(app(), '/marked')
    expect(await page.textContent('h1')).toBe('Marked')
  })

  test('bound arguments are there to be read in hidden fields, captured ones are not (39)', async () => {
    const html = await (await app().fetch('/')).text()
    const fields = formsOf(html).find(({ id }) => id === 'bound')!.fields
    expect(fields.filter(([, value]) => value.includes('canary-bound'))).toHaveLength(1)
    expect(html).not.toContain('canary-captured')
  })
})

type Mistake = {
  code: string
  /** What stands on the line that the message names. */
  line: string
  message: RegExp
}

const inFile = "'use server'\n\n"
const inFunction = 'export async function wrong() {\n'
const inMethod = 'class Base {\n  say() {}\n}\n\nexport class Wrong extends Base {\n'

const mistakes: Record<string, Mistake> = {
  'export * (12)': {
    code: `${inFile}export * from './actions'\n`,
    line: "export * from './actions'",
    message: /may not have export \*.*export \{ create, remove \}/s,
  },
  'a directive behind an import (13)': {
    code: "import './notes'\n'use server'\n",
    line: "'use server'",
    message: /'use server' stands behind other statements.*the first line of the file/s,
  },
  'a directive behind a statement of its function (13)': {
    code: `${inFunction}  const a = 1\n  'use server'\n  return a\n}\n`,
    line: "'use server'",
    message: /'use server' stands behind other statements.*first line of an async function/s,
  },
  'a directive in parentheses (13)': {
    code: "('use server')\n\nexport async function wrong() {}\n",
    line: "('use server')",
    message: /'use server' stands in parentheses.*Write it plainly: 'use server'/s,
  },
  'a misspelt directive (15)': {
    code: "'use sevrer'\n\nexport async function wrong() {}\n",
    line: "'use sevrer'",
    message: /'use sevrer' is no directive.*Did you mean 'use server'\?/s,
  },
  'a directive of another name (15)': {
    code: `${inFunction}  'use action'\n}\n`,
    line: "'use action'",
    message: /'use action' is no directive.*Did you mean 'use server'\?/s,
  },
  'a file for both sides (16)': {
    code: "'use client'\n'use server'\n\nexport async function wrong() {}\n",
    line: "'use server'",
    message: /A file cannot have both 'use client' and 'use server'/,
  },
  'a file that is cached and called (17)': {
    code: "'use cache'\n'use server'\n\nexport async function wrong() {}\n",
    line: "'use server'",
    message: /A file cannot have both 'use cache' and 'use server'/,
  },
  'a function that is cached and called (17)': {
    code: `${inFunction}  'use cache'\n  'use server'\n}\n`,
    line: "'use server'",
    message: /A function cannot have both 'use cache' and 'use server'/,
  },
  'this (18)': {
    code: `${inFile}export async function wrong(this: string) {\n  return this\n}\n`,
    line: 'return this',
    message: /"this" inside of a server function.*as an argument/s,
  },
  'arguments (18)': {
    code: `${inFile}export async function wrong() {\n  return arguments[0]\n}\n`,
    line: 'return arguments[0]',
    message: /"arguments" inside of a server function.*a rest parameter/s,
  },
  'super (18)': {
    code: `${inMethod}  static async wrong() {\n    'use server'\n    return super.name\n  }\n}\n`,
    line: 'return super.name',
    message: /"super" inside of a server function/,
  },
  'a file in CommonJS (26)': {
    code: `${inFile}exports.wrong = async () => {}\n`,
    line: 'exports.wrong = async () => {}',
    message: /must be a module, but this one is CommonJS.*Write export and import/s,
  },
  'a method of instances (19)': {
    code: `${inMethod}  async wrong() {\n    'use server'\n  }\n}\n`,
    line: 'async wrong() {',
    message: /cannot be a method of instances.*a static method/s,
  },
}

test('a build warns of routes that are not served (31)', async () => {
  const root = copyFixture('rules-app', 'rules-app-pages')
  mkdirSync(path.join(root, 'pages'))
  writeFileSync(path.join(root, 'pages/about.tsx'), 'export default () => null\n')
  const build = runCli(['build', root])
  expect(await build.exited, build.output()).toBe(0)
  expect(build.output().match(/^.*pages\/: its routes are not served.*$/gm)).toHaveLength(1)
})

test.for(Object.entries(mistakes))(
  'a build fails with file, line and code frame for %s',
  async ([, { code, line, message }]) => {
    const root = copyFixture('rules-app', 'rules-app-mistaken')
    const file = 'app/mistaken.ts'
    const absolute = path.join(root, file)
    writeFileSync(absolute, code)
    appendFileSync(path.join(root, 'app/page.tsx'), "\nimport './mistaken'\n")
    const output = await failingBuild(root)
    expect(output).toContain(`${file}:${lineOf(absolute, line)}:`)
    expect(output).toMatch(message)
    expect(/^> *\d+ \| .*$/m.exec(output)?.[0]).toContain(line)
  },
)
