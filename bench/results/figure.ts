export const parts = ['throughput', 'regions', 'latency', 'browser', 'startup', 'growth'] as const
export type Part = (typeof parts)[number]

/** One thing that was measured, for each target that has it, as many times as there were passes. */
export type Figure = {
  title: string
  unit: string
  better: 'more' | 'less'
  passes: Record<string, number[]>
}

export type Results = {
  /** What was run, on what. */
  node: string
  machine: string
  versions: Record<string, string>
  parts: Partial<Record<Part, { at: string; figures: Figure[] }>>
}
