import { createServerFn } from '@tanstack/react-start'

const waited = createServerFn({ method: 'POST' })
  .validator((index: number) => index)
  .handler(async ({ data }) => {
    await new Promise((resolve) => setTimeout(resolve, 100))
    return data
  })

/** The case "ten calls of 100 ms". */
export const wait = (index: number) => waited({ data: index })
