import { CommandError } from './report-error.ts'

/** The oldest Node that has what Volley uses: `engines` of package.json, which npm only warns of. */
const oldest = [22, 12] as const

/** @throws CommandError for an older Node, which would fail somewhere inside */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  throw new CommandError(
    `This is Node ${version}, and Volley needs ${oldest.join('.')} or later. ` +
      'Install one, or put one that is there first on the PATH.',
  )
}
