import { VolleyRequest, type VolleyRequestInit } from './volley-request.ts'

/** A request whose body is only read when middleware wants it; who comes after gets it all the same. */
export class MiddlewareRequest extends VolleyRequest {
  readonly #read: () => Promise<Uint8Array<ArrayBuffer>>

  constructor(url: URL, init: VolleyRequestInit, read: () => Promise<Uint8Array<ArrayBuffer>>) {
    super(url, init)
    this.#read = read
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.method === 'GET' || this.method === 'HEAD') return null
    const read = this.#read
    const source: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>> = {
      async pull(controller) {
        const bytes = await read()
        if (bytes.length > 0) controller.enqueue(bytes)
        controller.close()
      },
    }
    return new ReadableStream(source, { highWaterMark: 0 })
  }

  override clone(): MiddlewareRequest {
    const { method, headers, signal } = this
    const nextConfig = { basePath: this.nextUrl.basePath }
    return new MiddlewareRequest(
      new URL(this.url),
      { method, headers, signal, nextConfig },
      this.#read,
    )
  }

  override arrayBuffer = async (): Promise<ArrayBuffer> => (await this.#whole()).arrayBuffer()
  override blob = async (): Promise<Blob> => (await this.#whole()).blob()
  override bytes = async (): Promise<Uint8Array<ArrayBuffer>> => (await this.#whole()).bytes()
  override formData = async (): Promise<FormData> => (await this.#whole()).formData()
  override json = async (): ReturnType<Request['json']> => (await this.#whole()).json()
  override text = async (): Promise<string> => (await this.#whole()).text()

  /** As a response, which knows all ways to read a body. */
  async #whole(): Promise<Response> {
    const type = this.headers.get('content-type')
    return new Response(await this.#read(), {
      headers: type === null ? {} : { 'content-type': type },
    })
  }
}
