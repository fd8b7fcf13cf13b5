/**
 * A URL whose `pathname` is that of the app, without the base path; `href` has it. A `pathname` that
 * is set gets it.
 */
export class VolleyUrl extends URL {
  readonly #basePath: string

  constructor(input: string | URL, base?: string | URL, basePath = '') {
    super(input, base)
    this.#basePath = basePath
  }

  get basePath(): string {
    return this.#basePath
  }

  override get pathname(): string {
    const whole = super.pathname
    const isBelow = `${whole}/`.startsWith(`${this.#basePath}/`)
    return isBelow ? whole.slice(this.#basePath.length) || '/' : whole
  }

  override set pathname(pathname: string) {
    super.pathname = this.#basePath + pathname
  }

  clone(): VolleyUrl {
    return new VolleyUrl(this.href, undefined, this.#basePath)
  }
}
