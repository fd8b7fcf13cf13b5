import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { configuredApp } from '../support/configured-app.ts'
import { expectText, visit, type Visit } from '../support/visit.ts'

describe.for(modes)('in %s, with `calls: batched`', (mode) => {
  let app: App
  beforeAll(async () => {
    app = await configuredApp('calls-app', mode, "{ calls: 'batched' }")
  })
  afterAll(async () => void (await app.stop()))

  test('ten calls are one request, and run at the same time (204)', async () => {
    const { page, during } = await visit(app, '/')
    await app.fetch('/stats', { method: 'POST' })
    const requests = await during(async () => {
      await page.click('#ten')
      await expectText(page, '#results', '0,1,2,3,4,5,6,7,8,9')
    })
    expect(requests).toEqual(['POST /'])
    const stats = await (await app.fetch('/stats')).json()
    expect(stats).toMatchObject({ most: 10, order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
  })

  test('ten calls take about as long as one (204)', async () => {
    const { page } = await visit(app, '/together')
    // The machine is shared: the best of three runs tells.
    const ratios: number[] = []
    for (let run = 0; run < 3; run++) {
      await page.click('#measure')
      await expect.poll(() => page.textContent('#settled')).toMatch(/^\d+,\d+$/)
      const [one = 0, ten = 0] = (await page.textContent('#settled'))!.split(',').map(Number)
      ratios.push(ten / one)
    }
    expect(Math.min(...ratios)).toBeLessThan(1.5)
  })

  test('each value settles when it is ready (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const requests = await during(async () => {
      await page.click('#pace')
      await expectText(page, '#settled', '10 200 400')
    })
    expect(requests).toEqual(['POST /together'])
  })

  test('a value that streams holds up no other (204)', async () => {
    const { page } = await visit(app, '/together')
    await page.click('#stream')
    await expectText(page, '#settled', '200 first,second')
  })

  test('calls of the microtasks that follow are of the same tick (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const requests = await during(async () => {
      await page.click('#microtasks')
      await expectText(page, '#settled', '1 2')
    })
    expect(requests).toEqual(['POST /together'])
  })

  test('a call that fails harms no other (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const requests = await during(async () => {
      await page.click('#harm')
      await expect.poll(() => settled(page)).toEqual(['1', '2', 'Error'])
    })
    // What is lost is asked for once more.
    expect(requests).toEqual(['POST /together'])
  })

  test('a call to a function that is gone harms no other (204)', async () => {
    const { page, during } = await visit(app, '/together')
    await page.route('**/together', async (route) => {
      const headers = route.request().headers()
      const [first, , last] = headers['volley-call']!.split(',')
      await route.continue({ headers: { ...headers, 'volley-call': `${first},unknown,${last}` } })
    })
    const requests = await during(async () => {
      await page.click('#stale')
      await expect.poll(() => settled(page)).toEqual(['1', '2', 'StaleFunctionError'])
    })
    expect(requests).toEqual(['POST /together'])
  })

  test('the page is rendered once, with the last call that changes it (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const before = await numbers(page)
    const requests = await during(async () => {
      await page.click('#change')
      await expect.poll(() => settled(page)).toHaveLength(3)
    })
    const count = before.count + 11
    await expect.poll(() => numbers(page)).toEqual({ count, renders: before.renders + 1 })
    // What changes nothing has not waited for the others.
    expect(await settledText(page)).toMatch(/^1 /)
    expect(await settled(page)).toEqual([1, before.count + 10, count].map(String).toSorted())
    expect(requests).toEqual(['POST /together'])
  })

  test('cookies are there when their calls settle, also those that came after the head (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const requests = await during(async () => {
      await page.click('#cookie')
      await expect.poll(() => settled(page)).toEqual(['1', 'early:early,late', 'late:early,late'])
    })
    await expectText(page, '#cookies', 'early,late')
    // The calls, and the ticket.
    expect(requests).toEqual(['POST /together', 'POST /together'])
    await page.reload()
    await expectText(page, '#cookies', 'early,late')
  })

  test('a form goes by itself, beside the calls of its tick (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const requests = await during(async () => {
      await page.click('#form')
      await expect.poll(() => settled(page)).toEqual(['1', '2', 'form'])
    })
    expect(requests).toEqual(['POST /together', 'POST /together'])
  })

  test('in a transition the values and the page appear together (204)', async () => {
    const { page, during } = await visit(app, '/together')
    const before = await numbers(page)
    const requests = await during(async () => {
      await page.click('#transition')
      await expectText(page, '#count', String(before.count + 1100))
      await expect.poll(() => settledText(page)).toMatch(/,\d+,1$/)
    })
    expect(await numbers(page)).toEqual({ count: before.count + 1100, renders: before.renders + 1 })
    await expectText(page, '#pending', 'idle')
    expect(requests).toEqual(['POST /together'])
  })

  test('`useActionState` works as ever, with a call beside it (204)', async () => {
    const { page } = await visit(app, '/together')
    await page.click('#step')
    await expectText(page, '#sum', '5')
    await page.click('#step')
    await expectText(page, '#sum', '10')
    expect(await settled(page)).toEqual(['1', '1'])
  })
})

async function settledText(page: Visit['page']): Promise<string> {
  return (await page.textContent('#settled')) ?? ''
}

/** What has settled so far, in alphabetical order. */
async function settled(page: Visit['page']): Promise<string[]> {
  return (await settledText(page)).split(' ').toSorted()
}

async function numbers(page: Visit['page']): Promise<{ count: number; renders: number }> {
  const of = async (id: string) => Number(await page.textContent(id))
  return { count: await of('#count'), renders: await of('#renders') }
}
