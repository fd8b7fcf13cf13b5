import type { Figure, Part, Results } from './figure.ts'

/** The figures that matter most, as far as they were measured. */
export function mainFigures({ parts }: Results): Figure[] {
  return names.flatMap(([part, title, unit]) => {
    const figures = parts[part]?.figures ?? []
    return figures.find((one) => one.title === title && one.unit === unit) ?? []
  })
}

const names = [
  ['throughput', 'call, value only', 'a second'],
  ['throughput', 'call + re-rendered page', 'a second'],
  ['throughput', 'form POST without JavaScript', 'a second'],
  ['throughput', 'GET HTML', 'a second'],
  ['browser', 'JavaScript of a first visit', 'kB, gzip'],
  ['browser', 'ten calls of 100 ms from one tab', 'ms'],
  ['startup', 'dev to the first page, first time', 's'],
  ['startup', 'build', 's'],
] as const satisfies readonly (readonly [Part, string, string])[]
