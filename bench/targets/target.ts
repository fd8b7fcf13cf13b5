import type { Request } from '../load/request.ts'

/** What is measured: a framework with its app, or a server without one. */
export type Target = {
  name: string
  /** The package whose version is shown, seen from the folder. */
  package: string
  /** Where it runs. */
  folder: string
  /** Arguments of `node`, in the folder. */
  start: (port: number) => string[]
  app?: App
  /** The part of a request that its client makes anew each time. */
  onceOf?: (request: Request) => string | undefined
}

export type App = {
  /** The folder with the files of its own. */
  source: string
  /** What it takes of the app of `bench/app`: from which path there, to which in its own folder. */
  takes: Readonly<Record<string, string>>
  /** Arguments of `node`, in the folder. */
  build: readonly string[]
  dev: (port: number) => string[]
  /** What a clean build, and a first start of `dev`, begin without. */
  made: readonly string[]
  /** The module with the server functions, which is edited while `dev` runs. */
  functions: string
  /** Whether its forms work without JavaScript. */
  hasForms: boolean
}

/** A target that has pages. */
export type Framework = Target & { app: App }

export function isFramework(target: Target): target is Framework {
  return target.app !== undefined
}
