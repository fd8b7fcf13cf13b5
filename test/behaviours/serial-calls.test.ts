import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serve, type App } from '../support/app.ts'
import { runCli } from '../support/cli.ts'
import { copyFixture } from '../support/fixture.ts'
import { expectText, visit } from '../support/visit.ts'

test('with `calls: serial` those of a tab run one after another, in their order (204)', async () => {
  const app = await startSerial()
  const { page, requests } = await visit(app, '/')
  await page.click('#ten')
  await expectText(page, '#results', '0,1,2,3,4,5,6,7,8,9')
  expect(requests.filter((line) => line === 'POST /')).toHaveLength(10)
  const stats = await (await app.fetch('/stats')).json()
  expect(stats).toMatchObject({ most: 1, order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
})

/** The app with that option, as a server of its own. */
async function startSerial(): Promise<App> {
  const root = copyFixture('calls-app', 'calls-app-serial')
  const config = `import { volley } from 'volley/vite'
    export default { plugins: [volley({ calls: 'serial' })] }`
  writeFileSync(path.join(root, 'vite.config.ts'), config)
  const build = runCli(['build', root])
  expect(await build.exited, build.output()).toBe(0)
  const app = await serve(root, 'start')
  onTestFinished(async () => void (await app.stop()))
  return app
}
