import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** React below this has known holes in the decoding of what browsers send. */
const least = [19, 3, 1]

export class ReactVersionError extends Error {
  override name = 'ReactVersionError'
}

/** The version of React that an app is built with. @throws ReactVersionError */
export function reactVersion(root: string): string {
  const [react, dom] = ['react', 'react-dom'].map((name) => installedVersion(name, root))
  for (const version of [react, dom]) requireReact(version ?? '')
  if (react !== dom) {
    throw new ReactVersionError(
      `react is ${react} and react-dom is ${dom}. Install the same version of both.`,
    )
  }
  return react ?? ''
}

/**
 * The version of the copy of React's Flight that is built in: plugin-rsc's own, or the one that the
 * app's package.json names. @throws ReactVersionError
 */
export function flightVersion(root: string): string {
  const name = 'react-server-dom-webpack'
  const isOwn = dependenciesOf(root).includes(name)
  const version = isOwn ? installedVersion(name, root) : readVersion(vendoredFlight)
  requireFlight(version, reactVersion(root))
  return version
}

const vendoredFlight = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@vitejs/plugin-rsc/package.json')),
  'dist/vendor/react-server-dom/package.json',
)

/**
 * Flight decodes what browsers send, and knows React from within.
 * @throws ReactVersionError unless it is as new as React must be, and of the same minor version
 */
export function requireFlight(flight: string, react: string): void {
  requireSafe(flight, "React's Flight", 'Update @vitejs/plugin-rsc')
  const [one, other] = [flight, react].map((version) => version.split('.', 2).join('.'))
  if (one === other) return
  throw new ReactVersionError(
    `React is ${react}, but the copy of its Flight is ${flight}. Install versions that agree in the first two numbers.`,
  )
}

/** @throws ReactVersionError naming the version and the least that is safe */
export function requireReact(version: string): void {
  requireSafe(version, 'React', 'Update react and react-dom')
}

function requireSafe(version: string, what: string, advice: string): void {
  const parts = version.split(/[.-]/).map(Number)
  const differs = least.findIndex((part, i) => part !== parts[i])
  // `19.3.1-rc.1` comes before 19.3.1.
  if (differs === -1 && !version.includes('-')) return
  if ((parts[differs] ?? 0) > (least[differs] ?? 0)) return
  throw new ReactVersionError(
    `The app uses ${what} ${version}, but ${least.join('.')} is the least that is safe to serve. ${advice}.`,
  )
}

function installedVersion(name: string, root: string): string {
  try {
    return readVersion(createRequire(path.join(root, 'index.js')).resolve(`${name}/package.json`))
  } catch (cause) {
    throw new ReactVersionError(`${name} is not installed. Run \`npm install react react-dom\`.`, {
      cause,
    })
  }
}

function readVersion(file: string): string {
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}

function dependenciesOf(root: string): string[] {
  const file = path.join(root, 'package.json')
  if (!existsSync(file)) return []
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object | undefined>
  return Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] })
}
