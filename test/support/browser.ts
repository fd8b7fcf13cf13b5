import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser } from 'playwright-core'

/** Nothing here weakens the web's own rules: the tests rely on the same-origin policy. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let launched: Promise<Browser> | undefined

/** The one Chromium of the run, with a new user data directory. */
export function browser(): Promise<Browser> {
  launched ??= launch()
  return launched
}

async function launch(): Promise<Browser> {
  const executablePath = await chromiumPath()
  return chromium.launch({ executablePath, args: flags, chromiumSandbox: false })
}

/** Chromium from `CHROMIUM` or the PATH; without either, the one of a development dependency. */
async function chromiumPath(): Promise<string> {
  const { CHROMIUM, PATH = '' } = process.env
  if (CHROMIUM) return CHROMIUM
  const candidates = PATH.split(path.delimiter).map((directory) => path.join(directory, 'chromium'))
  const found = candidates.find(isExecutable)
  if (found) return found
  const bundled = await import('@sparticuz/chromium')
  return bundled.default.executablePath()
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not there, or not ours to run: the next candidate.
    return false
  }
}
