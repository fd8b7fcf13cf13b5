import { expect, test } from 'vitest'
import { browserEnvironment } from '../../test/support/browser-environment.ts'
import { browserConfig } from './browser-config.ts'
import { resolveOptions, type VolleyOptions } from './options.ts'
import { createRegionRecords } from './region-records.ts'

async function configOf(options: VolleyOptions): Promise<string> {
  const config = browserConfig(resolveOptions(options), createRegionRecords())
  const environment = await browserEnvironment(config, {})
  const loaded = await environment.pluginContainer.load('\0virtual:volley/browser-config')
  return String(Reflect.get(Object(loaded), 'code') ?? loaded)
}

test.for(['parallel', 'serial'] as const)(
  'the browser is told of %s calls by a word',
  async (calls) => {
    const [first] = (await configOf({ calls })).split('\n')
    expect(first).toBe(`export const calls = '${calls}'`)
  },
)

test('only apps with batched calls import what sends them', async () => {
  expect(await configOf({ calls: 'batched' })).toMatch(
    /^import \{ createBatchedExchange \} from ".*\/src\/browser\/batched-calls\.ts"/,
  )
})

test('development has what tracked regions need: nobody knows yet whether there are any', async () => {
  expect(await configOf({})).toMatch(
    /^import \{ trackRegions \} from ".*\/src\/browser\/tracked-regions\.ts"\ntrackRegions\(\)/m,
  )
})
