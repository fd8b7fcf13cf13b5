import { readFileSync } from 'node:fs'
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

/** @throws ReactVersionError naming the version and the least that is safe */
export function requireReact(version: string): void {
  const parts = version.split(/[.-]/).map(Number)
  const differs = least.findIndex((part, i) => part !== parts[i])
  // `19.3.1-rc.1` comes before 19.3.1.
  if (differs === -1 && !version.includes('-')) return
  if ((parts[differs] ?? 0) > (least[differs] ?? 0)) return
  throw new ReactVersionError(
    `The app uses React ${version}, but ${least.join('.')} is the least that is safe to serve. Update react and react-dom.`,
  )
}

function installedVersion(name: string, root: string): string {
  try {
    const file = createRequire(path.join(root, 'index.js')).resolve(`${name}/package.json`)
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
    return version
  } catch (cause) {
    throw new ReactVersionError(`${name} is not installed. Run \`npm install react react-dom\`.`, {
      cause,
    })
  }
}
