import { callHeader, keyHeader } from '../wire/header.ts'
import { decodeRefusal } from '../wire/refusal.ts'
import type { Answer } from './answer.ts'
import {
  CallRefusedError,
  CallTimeoutError,
  NetworkError,
  StaleFunctionError,
} from './call-errors.ts'
import type { Dispatch } from './dispatch.ts'
import { loadDocument } from './load-document.ts'
import { followedRedirect } from './outcome.ts'
import { markOutdated } from './page.ts'
import { request } from './request.ts'

/** Posts a call. Whatever is no answer of a server function becomes an error that says so. */
export async function sendCall(
  { id, key, references, encoding, headers: own }: Dispatch,
  href: string,
): Promise<Answer> {
  const body = await encoding
  const init = { method: 'POST', body, headers: { [callHeader]: id, [keyHeader]: key, ...own } }
  const attempt = () => request(href, init, references)
  const again = () =>
    new Promise<ReturnType<typeof attempt>>((later) =>
      setTimeout(() => later(attempt()), retryDelay),
    )
  const answer = await attempt()
    .catch(again)
    .catch((cause: unknown) => {
      throw new NetworkError(`${id} gave no answer: check what it did.`, { cause })
    })
  if (answer instanceof Response) throw await refusalOf(id, answer)
  return answer
}

/** In milliseconds, before a call whose connection was lost is sent once more. */
export const retryDelay = 300

export async function refusalOf(id: string, response: Response): Promise<Error> {
  const { ok, status, redirected, url, headers } = response
  if (ok && redirected) {
    // Something before the server function sent the browser to another page.
    void loadDocument(url, 'push')
    return followedRedirect(url)
  }
  const type = headers.get('content-type')
  const text = type?.startsWith('text/plain') ? await response.text() : ''
  const code = decodeRefusal(text)
  if (code === 'stale') {
    // The functions of the page's build are gone, so its pages may be too.
    markOutdated()
    return new StaleFunctionError(`${id} is of another build: reload.`)
  }
  if (status === 504) return new CallTimeoutError(`${id} took too long: check what it did.`)
  if (code) {
    const error = new CallRefusedError(`${id} was refused: ${code}.`)
    return Object.assign(error, { code })
  }
  if (!ok && text) return new Error(text)
  return new Error(`${id} got ${status} ${type}.`)
}
