import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useTarget } from '../support/attack.ts'
import { runCli } from '../support/cli.ts'
import { freePort } from '../support/free-port.ts'

const target = useTarget()

/** A build that tests may say of what it was made. */
let copy = ''

beforeAll(() => {
  const { root } = target().app
  copy = `${root}-of-another-react`
  cpSync(root, copy, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' })
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const refused = ['19.3.0', '19.2.7', '19.0.0', '18.3.1', '0.0.0', '19', '', 'canary', '19.3.1-rc.1']

test.for(refused)('40: a build made with React %j is not served', async (version) => {
  const { code, output } = await startWith(version)
  expect(code, output).toBe(1)
  expect(output).toContain(`React ${version}`)
  expect(output).toContain('19.3.1')
  expect(output).not.toContain('    at ')
})

test.for(['19.3.1', '19.3.2', '19.4.0', '20.0.0'])(
  '40: a build made with React %s is served',
  async (version) => {
    const { output } = await startWith(version)
    expect(output).toMatch(/^http:\/\/localhost:\d+$/m)
  },
)

test.for([
  ['19.3.1', '19.3.0'],
  ['19.4.0', '19.3.1'],
])('40: a build made with React %s and Flight %s is not served', async ([react, flight]) => {
  const { code, output } = await startWith(react!, flight)
  expect(code, output).toBe(1)
  expect(output).toContain(`Flight`)
  expect(output).toContain(flight)
})

/** Runs `volley start` until it serves or ends. */
async function startWith(
  react: string,
  flight = react,
): Promise<{ code: number | null; output: string }> {
  const file = path.join(copy, 'dist/server/functions.json')
  const list = JSON.parse(readFileSync(file, 'utf8')) as { react: string }
  expect(list).toHaveProperty('react')
  writeFileSync(file, JSON.stringify({ ...list, react, flight }))
  const key = readFileSync(path.join(target().app.root, 'node_modules/.volley/key'), 'utf8')
  const environment = { VOLLEY_SECRET: key.trim() }
  const command = runCli(['start', copy, '--port', String(await freePort())], { environment })
  command.child.stdout.once('data', () => command.child.kill('SIGTERM'))
  const code = await command.exited
  return { code, output: command.output() }
}
