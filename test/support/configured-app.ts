import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { serve, type App, type Mode } from './app.ts'
import { runCli } from './cli.ts'
import { copyFixture } from './fixture.ts'

/** A fixture with other options of `volley()`, as a server of its own. `options` are source text. */
export async function configuredApp(fixture: string, mode: Mode, options: string): Promise<App> {
  const name = options.replaceAll(/\W+/g, '-')
  const root = copyFixture(fixture, `${fixture}${name}${mode}`)
  const config = `import { volley } from 'volley/vite'
    export default { plugins: [volley(${options})] }`
  writeFileSync(path.join(root, 'vite.config.ts'), config)
  if (mode === 'start') {
    const build = runCli(['build', root])
    if ((await build.exited) !== 0) throw new Error(build.output())
  }
  return serve(root, mode)
}
