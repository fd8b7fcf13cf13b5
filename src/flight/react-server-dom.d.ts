/** The parts of React's Flight that Volley uses, in the copy that plugin-rsc ships (19.3.1). */

interface FlightPipeable {
  pipe<destination extends NodeJS.WritableStream>(destination: destination): destination
  abort(reason?: unknown): void
}

declare module '@vitejs/plugin-rsc/vendor/react-server-dom/server.node' {
  interface RenderOptions {
    onError?: (error: unknown) => string | undefined
    temporaryReferences?: object | undefined
    environmentName?: string
  }
  export function renderToPipeableStream(
    model: unknown,
    clientManifest: object,
    options?: RenderOptions,
  ): FlightPipeable
  export function decodeReply(
    body: string | FormData,
    serverManifest: object,
    options?: { temporaryReferences?: object; arraySizeLimit?: number },
  ): Promise<unknown>
  export function decodeAction(
    body: FormData,
    serverManifest: object,
  ): Promise<() => unknown> | null
  export function decodeFormState(
    result: unknown,
    body: FormData,
    serverManifest: object,
  ): Promise<unknown>
  export function registerServerReference<fn>(fn: fn, id: string, exportName: string | null): fn
  export function registerClientReference<fn>(fn: fn, id: string, exportName: string): fn
  export function createTemporaryReferenceSet(): object
}

declare module '@vitejs/plugin-rsc/vendor/react-server-dom/client.node' {
  export function createFromNodeStream<model>(
    stream: { on(event: string, listener: (...values: unknown[]) => void): unknown },
    manifest: object,
    options?: { encodeFormAction?: EncodeFormAction },
  ): Promise<model>
  export function createFromReadableStream<model>(
    stream: ReadableStream<Uint8Array>,
    options: { serverConsumerManifest: object; temporaryReferences: object },
  ): Promise<model>
  export function registerServerReference<fn>(
    fn: fn,
    id: string,
    encodeFormAction?: EncodeFormAction,
  ): fn
  /** What React puts into a form for a server function: the name of a field, and hidden ones. */
  export type FormAction = { name: string; method: 'POST'; encType: string; data: FormFields }
  /** What React asks of the hidden fields, to which it adds the key of a `useActionState`. */
  export type FormFields = {
    append(name: string, value: string): void
    forEach<self>(
      take: (this: self, value: FormDataEntryValue, name: string) => void,
      self: self,
    ): void
  }
  /** `bound` is a promise of the bound arguments: React's own, or a new one of `[]` for none. */
  export type EncodeFormAction = (id: string, bound: Promise<unknown[]>) => FormAction
  export function encodeReply(
    value: unknown,
    options?: { temporaryReferences?: object },
  ): Promise<string | FormData>
  export function createTemporaryReferenceSet(): object
}

declare module '@vitejs/plugin-rsc/ssr.node' {
  export function getClientEntryUrl(): string
}

interface ImportMeta {
  /** Filled in by plugin-rsc: the entry of another environment, loaded when it is first needed. */
  readonly viteRsc: { loadModule<module>(environment: string, entry: string): Promise<module> }
}

declare module '@vitejs/plugin-rsc/vendor/react-server-dom/client.browser' {
  type CallServer = (id: string, args: readonly unknown[]) => Promise<unknown>
  type FindSourceMapUrl = ((filename: string, environmentName: string) => string) | undefined
  export function createFromReadableStream<model>(
    stream: ReadableStream<Uint8Array>,
    options: {
      callServer: CallServer
      temporaryReferences: object | undefined
      findSourceMapURL?: FindSourceMapUrl
    },
  ): Promise<model>
  export function createServerReference(
    id: string,
    callServer: CallServer,
    encodeFormAction: undefined,
    findSourceMapURL: FindSourceMapUrl,
    name: string,
  ): (...args: unknown[]) => Promise<unknown>
  export function encodeReply(
    value: unknown,
    options: { temporaryReferences: object },
  ): Promise<string | FormData>
  export function createTemporaryReferenceSet(): object
}
