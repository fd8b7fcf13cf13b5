import { readFileSync } from 'node:fs'

export function printVersion(): void {
  const file = new URL('../../package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  console.log(version)
}
