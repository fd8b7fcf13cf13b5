import type { Figure } from './figure.ts'

export type Collected = {
  add: (figure: Omit<Figure, 'passes'>, target: string, value: number) => void
  figures: () => Figure[]
}

/** Gathers what passes measure, in the order in which it was first seen. */
export function collect(): Collected {
  const figures = new Map<string, Figure>()
  return {
    add(figure, target, value) {
      const key = `${figure.title}, ${figure.unit}`
      const { passes } = figures.get(key) ?? { passes: {} }
      figures.set(key, { ...figure, passes })
      ;(passes[target] ??= []).push(value)
    },
    figures: () => [...figures.values()],
  }
}
