import { expect, test } from 'vitest'
import { browserEnvironment } from '../../test/support/browser-environment.ts'
import { browserConfig } from './browser-config.ts'
import { resolveOptions, type VolleyOptions } from './options.ts'

async function configOf(options: VolleyOptions): Promise<string> {
  const environment = await browserEnvironment(browserConfig(resolveOptions(options)), {})
  const loaded = await environment.pluginContainer.load('\0virtual:volley/browser-config')
  return String(Reflect.get(Object(loaded), 'code') ?? loaded)
}

test.for(['parallel', 'serial'] as const)(
  'the browser is told of %s calls by a word',
  async (calls) => {
    expect(await configOf({ calls })).toBe(`export const calls = '${calls}'`)
  },
)

test('only apps with batched calls import what sends them', async () => {
  expect(await configOf({ calls: 'batched' })).toMatch(
    /^import \{ createBatchedExchange \} from ".*\/src\/browser\/batched-calls\.ts"/,
  )
})
