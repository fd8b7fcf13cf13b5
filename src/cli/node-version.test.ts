import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requireNode } from './node-version.ts'

test('the Node that package.json asks for and newer ones are taken', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: Engines }
  const oldest = engines.node.replace('>=', '')
  for (const version of [oldest, '22.20.1', '24.0.0']) {
    expect(() => requireNode(version)).not.toThrow()
  }
})

type Engines = { node: string }

test('an older Node is refused with both versions and what to do', () => {
  for (const version of ['20.20.2', '22.11.0']) {
    expect(() => requireNode(version)).toThrow(
      `This is Node ${version}, and Volley needs 22.12 or later. Install one`,
    )
  }
})
