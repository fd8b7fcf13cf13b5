/** The widths of screens, and of images that are smaller than a screen, that a loader is asked for. */
const screens = [640, 750, 828, 1080, 1200, 1920, 2048, 3840]
const all = [32, 48, 64, 96, 128, 256, 384, ...screens]

export type Widths =
  | { unit: 'w'; list: number[] }
  /** For a screen of usual density, and for one of twice as many pixels. */
  | { unit: 'x'; list: number[] }

type Shown = { width: number | undefined; sizes: string | undefined }

/** How wide an image may be fetched: what `sizes` or its own width leaves of the usual widths. */
export function widthsOf({ width, sizes }: Shown): Widths {
  if (sizes !== undefined) return { unit: 'w', list: widthsFor(sizes) }
  if (width === undefined) return { unit: 'w', list: screens }
  return { unit: 'x', list: [...new Set([atLeast(width), atLeast(width * 2)])] }
}

export function srcSetOf({ unit, list }: Widths, urlOf: (width: number) => string): string {
  return list
    .map((width, index) => `${urlOf(width)} ${unit === 'w' ? width : index + 1}${unit}`)
    .join(', ')
}

/** Nothing narrower than the smallest share of the smallest screen is ever shown. */
function widthsFor(sizes: string): number[] {
  const shares = [...sizes.matchAll(/(?:^|\s)(\d{1,3})vw/g)].map(([, share]) => Number(share))
  if (shares.length === 0) return all
  const smallest = ((screens[0] ?? 0) * Math.min(...shares)) / 100
  return all.filter((width) => width >= smallest)
}

function atLeast(width: number): number {
  return all.find((usual) => usual >= width) ?? Math.max(...all)
}
