import { createSeals, SealError, type Seals } from './seal.ts'

let installed: Seals | null = null

/** Called once when the server starts, before any module of the app is loaded; newest first. */
export function installSeals(secrets: readonly string[]): void {
  installed = createSeals(secrets)
}

/** What the key ring of this server seals and opens with. @throws SealError before there is one */
export function installedSeals(): Seals {
  if (installed) return installed
  throw new SealError('Sealing needs the key ring, which boot() installs first')
}
