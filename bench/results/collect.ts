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
      const known: Figure = figures.get(key) ?? { ...figure, passes: {} }
      figures.set(key, known)
      known.passes[target] = [...(known.passes[target] ?? []), value]
    },
    figures: () => [...figures.values()],
  }
}
