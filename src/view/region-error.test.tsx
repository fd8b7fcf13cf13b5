// @vitest-environment happy-dom
import { act } from 'react'
import { expect, test, vi } from 'vitest'
import { find, showComponent, text } from '../../test/support/show-page.tsx'
import { RegionError } from './region-error.tsx'

test('the fallback gets an error with the digest of the log, and a reset that asks again', async () => {
  const report = vi.fn()
  vi.stubGlobal('reportError', report)
  const { asked } = await showComponent(
    <RegionError
      digest="d1"
      fallback={({ error, reset }) => (
        <button type="button" onClick={reset}>
          {`${error.digest} ${error.message}`}
        </button>
      )}
    />,
  )
  expect(text()).toBe("d1 Failed; the server's log has d1.")
  await act(async () => find('button').click())
  expect(asked).toEqual(['refresh'])
})

test('in development the browser’s tools are told what was thrown on the server', async () => {
  const report = vi.fn()
  vi.stubGlobal('reportError', report)
  await showComponent(<RegionError digest="d1" message="oops" stack="at page.tsx:1" />)
  expect(text()).toContain('oops')
  expect(report).toHaveBeenCalledWith(
    expect.objectContaining({ digest: 'd1', message: 'oops', stack: 'at page.tsx:1' }),
  )
})
