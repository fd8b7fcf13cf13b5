import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError } from './report-error.ts'

const template = fileURLToPath(new URL('../../templates/app', import.meta.url))

/** Makes a small app that runs. */
export function createApp(directory: string): void {
  const target = path.resolve(directory)
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new CommandError(`${directory} is not empty. Name a directory that does not exist yet.`)
  }
  mkdirSync(target, { recursive: true })
  cpSync(template, target, { recursive: true })
  // npm leaves `.gitignore` out of what it publishes.
  renameSync(path.join(target, '_gitignore'), path.join(target, '.gitignore'))
  fillIn(target, packageName(path.basename(target)))
  console.log(
    [
      `Made an app in ${directory}. Next:`,
      '',
      `  cd ${directory}`,
      '  npm install',
      '  npm run dev',
    ].join('\n'),
  )
}

function fillIn(directory: string, name: string): void {
  const { version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'utf8')
    const filled = text.replaceAll('{{name}}', name).replaceAll('{{version}}', version)
    if (filled !== text) writeFileSync(file, filled)
  }
}

/** The nearest name that npm accepts. */
export function packageName(directory: string): string {
  const name = directory
    .toLowerCase()
    .replaceAll(/[^a-z0-9-_.]+/g, '-')
    .replace(/^[-_.]+/, '')
    .replace(/-+$/, '')
  return name === '' ? 'app' : name
}
