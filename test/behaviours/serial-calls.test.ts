import { expect, onTestFinished, test } from 'vitest'
import { configuredApp } from '../support/configured-app.ts'
import { expectText, visit } from '../support/visit.ts'

test('with `calls: serial` those of a tab run one after another, in their order (204)', async () => {
  const app = await configuredApp('calls-app', 'start', "{ calls: 'serial' }")
  onTestFinished(async () => void (await app.stop()))
  const { page, requests } = await visit(app, '/')
  await page.click('#ten')
  await expectText(page, '#results', '0,1,2,3,4,5,6,7,8,9')
  expect(requests.filter((line) => line === 'POST /')).toHaveLength(10)
  const stats = await (await app.fetch('/stats')).json()
  expect(stats).toMatchObject({ most: 1, order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
})
