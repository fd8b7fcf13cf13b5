// @vitest-environment happy-dom
import { act, createRef, type ReactNode, useActionState } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { find, routeOf, showComponent, showPage, text } from '../../test/support/show-page.tsx'
import { Form, type FormProps } from './form.tsx'
import { Outlet } from './outlet.tsx'
import type { ErrorView } from './router-context.ts'

function field(name: string): HTMLInputElement {
  return find(`[name=${name}]`) as HTMLInputElement
}

/** Submits as a click does; tells whether that was left to the browser. */
async function submit(submitter = find('button')): Promise<boolean> {
  const event = new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter })
  await act(async () => find('form').dispatchEvent(event))
  return !event.defaultPrevented
}

async function showSearch(props: Partial<FormProps>, children?: ReactNode) {
  return showComponent(
    <Form action="/search" {...props}>
      <input name="q" defaultValue="a b&c" />
      {children}
      <button name="by" value="button" />
    </Form>,
  )
}

test('a path gets the fields and the button as search parameters, as a browser sends them (273)', async () => {
  const { asked } = await showSearch({ action: '/search#found' }, <textarea name="text" />)
  field('text').value = 'one\ntwo'
  expect(await submit()).toBe(false)
  const search = 'q=a+b%26c&text=one%0D%0Atwo&by=button'
  expect(asked).toEqual([`push ${location.origin}/search?${search}#found {}`])
})

test('replace and scroll reach the router; a button may have a path of its own (273, 274)', async () => {
  const button = <button id="other" formAction="/other" />
  const { asked } = await showSearch({ replace: true, scroll: false }, button)
  await submit(find('#other'))
  expect(asked).toEqual([`replace ${location.origin}/other?q=a+b%26c {"scroll":false}`])
})

function watchWarnings(): string[] {
  const warnings: string[] = []
  vi.spyOn(console, 'warn').mockImplementation((line: string) => void warnings.push(line))
  return warnings
}

/** What TypeScript refuses, but JavaScript does not. */
const untyped = (props: object) => props as Partial<FormProps>

test.for<[string, object]>([
  ['method', { method: 'post' }],
  ['encType', { encType: 'text/plain' }],
  ['target', { target: '_blank' }],
])('%s of the form is left out, with a warning (275)', async ([name, props]) => {
  const warnings = watchWarnings()
  const { asked } = await showSearch(untyped(props))
  expect(find('form').hasAttribute(name)).toBe(false)
  expect([await submit(), asked.length]).toEqual([false, 1])
  expect(warnings).toEqual([expect.stringContaining(`A <Form> has no \`${name}\``)])
})

test.for<[string, object]>([
  ['formmethod="post"', { formMethod: 'post' }],
  ['formenctype="text/plain"', { formEncType: 'text/plain' }],
  ['formtarget="_blank"', { formTarget: '_blank' }],
])('a button with %s is left to the browser, with a warning (275)', async ([attribute, props]) => {
  const warnings = watchWarnings()
  const { asked } = await showSearch({}, <button id="own" {...props} />)
  expect([await submit(find('#own')), asked]).toEqual([true, []])
  expect(warnings).toEqual([expect.stringContaining(attribute)])
})

test('a button that says what the form does anyway is no other way', async () => {
  const usual = { formMethod: 'GET', formTarget: '_self', formNoValidate: true }
  const encType = 'application/x-www-form-urlencoded'
  const { asked } = await showSearch({}, <button id="own" {...usual} formEncType={encType} />)
  expect([await submit(find('#own')), asked.length]).toEqual([false, 1])
})

test('of a file only the name is sent, with a warning (276)', async () => {
  const warnings = watchWarnings()
  const { asked } = await showSearch({}, <input type="file" name="f" />)
  const files = new DataTransfer()
  files.items.add(new File(['x'], 'x.txt'))
  field('f').files = files.files
  await submit()
  expect(asked[0]).toContain('f=x.txt')
  expect(warnings).toEqual([
    expect.stringMatching(/only the names of the files in f: use a function/),
  ])
})

test('a search in the path is dropped, with a warning', async () => {
  const warnings = watchWarnings()
  const { asked } = await showSearch({ action: '/search?old=1' })
  await submit()
  expect(asked[0]).not.toContain('old')
  expect(warnings).toEqual([expect.stringContaining('"/search?old=1" drops that search')])
})

test('what only navigations need does nothing beside a function, with a warning (277)', async () => {
  const warnings = watchWarnings()
  const fn = vi.fn()
  const { asked } = await showSearch({ action: fn, replace: true, scroll: false, prefetch: false })
  await submit()
  expect([asked, fn.mock.calls.length]).toEqual([[], 1])
  expect(warnings).toEqual(
    ['replace', 'scroll', 'prefetch'].map(
      (name) => expect.stringContaining(`\`${name}\``) as string,
    ),
  )
})

test('onSubmit may stop the navigation (275)', async () => {
  const { asked } = await showSearch({ onSubmit: (event) => event.preventDefault() })
  await submit()
  expect(asked).toEqual([])
})

test('a button with a function of its own is React’s', async () => {
  const [fn, thrown] = [vi.fn(), vi.fn()]
  addEventListener('error', thrown, { once: true })
  const { asked } = await showSearch({}, <button id="fn" formAction={fn} />)
  await submit(find('#fn'))
  expect([asked, fn.mock.calls.length, thrown.mock.calls]).toEqual([[], 1, []])
})

test('a function gets the fields, and React empties them', async () => {
  const fn = vi.fn()
  await showComponent(
    <Form action={fn}>
      <input name="title" />
      <button />
    </Form>,
  )
  field('title').value = 'typed'
  await submit()
  expect((fn.mock.calls[0]![0] as FormData).get('title')).toBe('typed')
  expect(field('title').value).toBe('')
})

function SignUp(): ReactNode {
  const save = (_: string, fields: FormData) =>
    fields.get('mail') === 'bad' ? 'not a mail address' : ''
  const [error, action] = useActionState(save, '')
  return (
    <Form action={action} keepValues={error !== ''}>
      <input name="mail" />
      <input type="checkbox" name="news" />
      <button />
      <p>{error}</p>
    </Form>
  )
}

/** Which resets were stopped. happy-dom empties the fields all the same, unlike browsers. */
function watchResets(): boolean[] {
  const stopped: boolean[] = []
  const look = (event: Event) => stopped.push(event.defaultPrevented)
  addEventListener('reset', look)
  onTestFinished(() => removeEventListener('reset', look))
  return stopped
}

test('keepValues, read when the submission has ended, keeps what was typed', async () => {
  const stopped = watchResets()
  await showComponent(<SignUp />)
  field('mail').value = 'bad'
  await submit()
  expect([text(), stopped]).toEqual(['not a mail address', [true]])
  field('mail').value = 'good'
  await submit()
  expect([text(), stopped]).toEqual(['', [true, false]])
})

test('a reset by the user or by the app empties the form, whatever keepValues is', async () => {
  const stopped = watchResets()
  await showComponent(<SignUp />)
  field('mail').value = 'bad'
  await submit()
  await act(async () => (find('form') as HTMLFormElement).reset())
  expect(stopped).toEqual([true, false])
})

test('a form that an error took off the screen comes back as it was typed', async () => {
  const fail = async () => {
    throw new Error('oops')
  }
  const OwnError: ErrorView = ({ reset }) => <button type="button" id="again" onClick={reset} />
  const layout = (
    <html>
      <body>
        <Outlet of="layout:/" error={OwnError} />
      </body>
    </html>
  )
  const forms = [1, 2].map((id) => (
    <Form key={id} action={fail}>
      <input type="hidden" name="id" value={id} />
      <input name="title" />
      <input name="news" type="checkbox" />
      <textarea name="body" />
      <select name="tags" multiple>
        <option>a</option>
        <option>b</option>
      </select>
      <button />
    </Form>
  ))
  await showPage({
    route: routeOf('/', 'layout:/', 'page:/'),
    regions: { 'layout:/': layout, 'page:/': forms },
  })
  const second = () => [...document.forms[1]!.elements] as HTMLInputElement[]
  const [, title, news, , tags] = second()
  title!.value = 'typed'
  news!.checked = true
  for (const option of (tags as unknown as HTMLSelectElement).options) option.selected = true
  field('body').value = 'elsewhere'
  await submit()
  await act(async () => find('#again').click())
  expect([field('title').value, field('body').value]).toEqual(['', 'elsewhere'])
  const [id, titleAgain, newsAgain, bodyAgain, tagsAgain] = second()
  expect([id, titleAgain, bodyAgain].map((input) => input!.value)).toEqual(['2', 'typed', ''])
  expect(newsAgain!.checked).toBe(true)
  expect((tagsAgain as unknown as HTMLSelectElement).selectedOptions.length).toBe(2)
})

test('a form that left the screen without an error comes back empty', async () => {
  const form = (
    <Form action={() => {}}>
      <input name="title" />
    </Form>
  )
  const documentOf = (content: ReactNode) => (
    <html>
      <body>{content}</body>
    </html>
  )
  const page = await showComponent(form)
  field('title').value = 'typed'
  await page.show({ regions: { 'layout:/': documentOf('gone') } })
  await page.show({ regions: { 'layout:/': documentOf(form) } })
  expect(field('title').value).toBe('')
})

test('a ref of the app’s own gets the element', async () => {
  const ref = createRef<HTMLFormElement>()
  await showComponent(<Form action="/x" ref={ref} />)
  expect(ref.current).toBe(find('form'))
})
