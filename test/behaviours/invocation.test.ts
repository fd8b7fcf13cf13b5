import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, hydrated, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)
  const withSlots = useApp('slots-app', mode)

  test('a form calls its function without a page load or a change of the URL (47)', async () => {
    const { page, documents, during } = await visit(app(), '/posts')
    const title = `written with JavaScript in ${mode}`
    const requests = await during(async () => {
      await page.fill('#create input[name=title]', title)
      await page.click('#create button')
      await page.waitForSelector(`li[data-title="${title}"]`)
    })
    expect(requests).toEqual(['POST /posts'])
    expect(documents).toEqual(['GET /posts'])
    expect(new URL(page.url()).pathname).toBe('/posts')
    await page.click(`li[data-title="${title}"] button`)
    await page.waitForSelector(`li[data-title="${title}"]`, { state: 'detached' })
  })

  test('an uncontrolled field is reset after its form was submitted (61)', async () => {
    const { page } = await visit(app(), '/posts')
    await page.fill('#create input[name=title]', `reset ${mode}`)
    await page.click('#create button')
    await expect.poll(() => page.inputValue('#create input[name=title]')).toBe('')
  })

  test('a button with formAction overrides the form’s function (48)', async () => {
    const { page } = await visit(app(), '/form-action')
    await page.fill('input[name=text]', 'mine')
    await page.click('#draft')
    await expectText(page, '#entries li:last-child', 'drafted mine')
    await page.fill('input[name=text]', 'ours')
    await page.click('#publish')
    await expectText(page, '#entries li:last-child', 'published ours')
  })

  test('an event handler gets the return value by one request (49)', async () => {
    const { page, during } = await visit(app(), '/like')
    const requests = await during(async () => {
      await page.click('#like')
      await expect.poll(() => page.textContent('#likes')).toMatch(/^Total Likes: [1-9]/)
    })
    expect(requests).toEqual(['POST /like'])
  })

  test('an argument that the function does not declare is not sent (43)', async () => {
    const { page } = await visit(app(), '/like')
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.click('#direct')
    expect((await sent).postData()).toBe('[]')
    await expectText(page, '#event', 'total true')
  })

  test('every argument of a function with a rest parameter is sent (44)', async () => {
    const { page } = await visit(app(), '/bind')
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.click('#join-all')
    expect((await sent).postData()).toBe('["a","b","c","d"]')
    await expectText(page, '#joined', 'a b c d')
  })

  test('a function of the browser around a call is a formAction too (56)', async () => {
    const { page, documents } = await visit(app(), '/protocol')
    await page.click('#wrapped')
    await expectText(page, '#result', 'said wrapped')
    expect(documents).toHaveLength(1)
  })

  test('a page whose address has letters of any script may call (59)', async () => {
    const { page, during } = await visit(app(), '/redirects/at/名/b?name=ü')
    const requests = await during(async () => {
      await page.click('#relative-0')
      await expectText(page, '#at', '名/x')
    })
    expect(requests.map(decodeURIComponent)).toEqual(['POST /redirects/at/名/b?name=ü'])
  })

  test.for([true, false])(
    'the button that submits a form adds its name and value; JavaScript: %s (62)',
    async (javaScript) => {
      const { page } = await visit(app(), '/fields', { javaScript })
      await page.click('#named')
      await expectText(page, '#seen li:last-child', 'fields: a=1,2 b=3 by=button')
    },
  )

  test('requestSubmit() does what a click does (63)', async () => {
    const { page, during } = await visit(app(), '/fields')
    await page.fill('input[name=b]', 'requested')
    const submit = () =>
      page.evaluate(() => {
        const button = document.querySelector<HTMLElement>('#named')
        document.querySelector<HTMLFormElement>('#repeated')!.requestSubmit(button)
      })
    expect(await during(submit)).toEqual(['POST /fields'])
    await expectText(page, '#seen li:last-child', 'fields: a=1,2 b=requested by=button')
  })

  test.for([true, false])(
    'several forms of a page may have the same function; JavaScript: %s (66)',
    async (javaScript) => {
      const { page } = await visit(app(), '/fields', { javaScript })
      for (const id of ['second', 'first']) {
        await page.click(`#${id} button`)
        await expectText(page, '#seen li:last-child', `noticed: ${id}`)
      }
    },
  )

  test('the page and a slot of it may have the same function (66)', async () => {
    const { page } = await visit(withSlots(), '/settings')
    const count = Number((await page.textContent('#of-settings'))!.split(' ')[1])
    for (const [index, button] of ['#addByRefresh', '#add'].entries()) {
      await page.click(button)
      await expect
        .poll(() => page.textContent('#of-settings'))
        .toMatch(`of-settings ${count + 1 + index} `)
    }
  })

  test.for([true, false])(
    'a form of the app that names no function is the browser’s own; JavaScript: %s (67)',
    async (javaScript) => {
      const { page, documents } = await visit(app(), '/fields', { javaScript })
      const before = app().output().length
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.click('#own button')
      expect((await answered).status()).toBe(200)
      await expectText(page, 'h1', 'Home')
      expect(documents).toEqual(['GET /fields', 'POST /'])
      expect(app().output().slice(before)).toBe('')
    },
  )

  test('a transition is pending until value and tree are on the screen together (50, 95)', async () => {
    const { page } = await visit(app(), '/transition')
    const step = Number(await page.textContent('#step'))
    await page.click('#run')
    await expectText(page, '#pending', 'pending')
    await expectText(page, '#value', String(step + 1))
    await expectText(page, '#pending', 'idle')
    const commits = await page.evaluate(() => (window as { commits?: string[] }).commits)
    expect(commits).toEqual([
      `${step} null idle`,
      `${step} null pending`,
      `${step + 1} ${step + 1} idle`,
    ])
  })

  test('an effect may call: once, and the answer causes no other request (51)', async () => {
    const { page, requests, during } = await visit(app(), '/views')
    await during(() => expectText(page, '#views', 'counted'))
    const posts = requests.filter((line) => line.startsWith('POST'))
    expect(posts).toEqual(['POST /views'])
  })

  test('useActionState gives the previous state and shows the returned one (52)', async () => {
    const { page, during } = await visit(app(), '/signup')
    await page.fill('#first input[name=email]', 'nonsense')
    const requests = await during(async () => {
      await page.click('#first button')
      await expectText(page, '#first button', 'Signing up')
      await expectText(page, '#first p', 'Please enter a valid email, not nonsense')
    })
    expect(requests).toEqual(['POST /signup'])
    await page.fill('#first input[name=email]', 'ada@example.com')
    await page.click('#first button')
    await expectText(page, '#first p', 'Welcome ada@example.com')
    await expectText(page, '#first output', '2')
    await expectText(page, '#first button', 'Sign up')
    await expectText(page, '#second output', '0')
  })

  test('useActionState may have a state of elements, again and again (75)', async () => {
    const { page } = await visit(app(), '/types')
    for (const state of ['nonemore', 'nonemoremore', 'nonemoremoremore']) {
      await page.click('#more')
      await expectText(page, '#state', state)
    }
    expect(await page.locator('#state b').count()).toBe(1)
  })

  test('useFormStatus tells what is being sent, and how (53)', async () => {
    const { page } = await visit(app(), '/status')
    await page.fill('input[name=name]', 'Ada')
    await page.click('button[type=submit]')
    await expectText(page, 'form button', 'Sending Ada by post to a function')
    await expectText(page, 'form button', 'Send')
  })

  test('useOptimistic shows the guess until the answer is on the screen (60)', async () => {
    const { page } = await visit(app(), '/thread')
    const message = `hello ${mode}`
    await page.fill('input[name=message]', message)
    await page.click('button[type=submit]')
    await expectText(page, `li[data-message="${message}"]`, `${message} (sending)`)
    await expectText(page, `li[data-message="${message}"]`, message)
    expect(await page.locator(`li[data-message="${message}"]`).count()).toBe(1)
  })

  test('useOptimistic takes the guess back when the call fails (60)', async () => {
    const { page } = await visit(app(), '/thread')
    await page.fill('input[name=message]', 'fail')
    await page.click('button[type=submit]')
    await expectText(page, 'li[data-message=fail]', 'fail (sending)')
    await page.waitForSelector('li[data-message=fail]', { state: 'detached' })
    expect(await page.title()).toBe('not sent')
  })

  test('a Client Component gets functions as props, also deep inside objects (54)', async () => {
    const { page } = await visit(app(), '/props')
    await page.fill('input[name=item]', 'lamp')
    await page.click('#update')
    await expectText(page, '#result', 'updated lamp')
    await page.click('#shout')
    await expectText(page, '#result', 'QUIET')
  })

  test('a Client Component imports functions (55)', async () => {
    const { page } = await visit(app(), '/definitions')
    await page.click('#declared')
    await expectText(page, '#result', 'declared x 64')
  })

  test('submitting, leaving, coming back and submitting again is one call each (65)', async () => {
    const { page, during } = await visit(app(), '/running')
    const submit = () => page.click('#submit-once')
    expect(await during(submit)).toEqual(['POST /running'])
    await page.click('#to-other')
    await expectText(page, '#page', 'other')
    await page.click('#to-first')
    await expectText(page, '#page', 'first')
    await hydrated(page)
    expect(await during(submit)).toEqual(['POST /running'])
  })

  test('after a relative link to a nested catch-all route of a group, calls go to that page (217)', async () => {
    const { page, documents, during } = await visit(app(), '/shelf/a/b/one')
    await page.click('#beside')
    await expectText(page, 'h1', 'a > b > two')
    const books = Number(await page.textContent('#books'))
    const requests = await during(async () => {
      await page.click('#add')
      await expectText(page, '#books', String(books + 1))
    })
    expect(requests).toEqual(['POST /shelf/a/b/two'])
    expect(documents).toHaveLength(1)
  })

  test('six clicks are six calls (64)', async () => {
    const { page, requests } = await visit(app(), '/like')
    const before = Number(/\d+/.exec((await page.textContent('#likes'))!)![0])
    for (let i = 0; i < 6; i++) await page.click('#like')
    await expect.poll(() => requests.filter((line) => line === 'POST /like').length).toBe(6)
    await expect
      .poll(async () => Number(/\d+/.exec((await page.textContent('#likes'))!)![0]))
      .toBeGreaterThanOrEqual(before + 6)
  })
})
