'use server'

/** The case "ten calls of 100 ms". */
export async function wait(index: number) {
  await new Promise((resolve) => setTimeout(resolve, 100))
  return index
}
