import type { FontRequest } from './font-request.ts'

/** The measures of a font that its stand-in takes over, in units of its em. */
export type FontMetrics = {
  ascent: number
  descent: number
  lineGap: number
  unitsPerEm: number
  xWidthAvg: number
}

/** What the CSS and the object of a font call it. */
export type FontNames = {
  className: string
  variableClass: string
  /** The value of `font-family`: the font, then what stands in for it. */
  stack: string
}

export type FontFace = {
  /** The file's URL as the style sheet says it. */
  url: string
  weight: string | null
  style: string | null
}

/** `key` tells the fonts of one name apart. */
export function fontNames(request: FontRequest, key: string): FontNames {
  const own = `${request.name}-${key}`
  const family = request.installed ?? own
  const scaled = request.adjusted ? [`${own}-fallback`] : []
  const stack = [family, ...scaled].map((name) => `'${name}'`)
  return {
    className: own,
    variableClass: `${own}-variable`,
    stack: [...stack, ...request.fallback.map(quoted)].join(', '),
  }
}

/** The whole style sheet of a font; `metrics` are those of its first file. */
export function fontCss(
  request: FontRequest,
  { names, faces, metrics }: { names: FontNames; faces: FontFace[]; metrics: FontMetrics | null },
): string {
  const { className, variableClass, stack } = names
  const { variable, weight, style } = request
  return [
    ...faces.map((face) => fontFace(request, className, face)),
    ...(request.adjusted && metrics ? [standIn(request.adjusted, className, metrics)] : []),
    rule(`.${className}`, {
      'font-family': stack,
      'font-weight': fixed(weight),
      'font-style': style,
    }),
    ...(variable === null ? [] : [rule(`.${variableClass}`, { [variable]: stack })]),
  ].join('\n')
}

/** A weight that is no range: `'100 900'` names what the file can do, not what text is shown in. */
export function fixed(weight: string | null): string | null {
  return weight?.includes(' ') ? null : weight
}

function fontFace(request: FontRequest, family: string, { url, weight, style }: FontFace): string {
  const format = formats[url.replace(/\?.*$/, '').split('.').at(-1) ?? '']
  return rule('@font-face', {
    'font-family': `'${family}'`,
    src: `url(${JSON.stringify(url)})${format === undefined ? '' : ` format('${format}')`}`,
    'font-display': request.display,
    'font-weight': weight,
    'font-style': style,
    ...Object.fromEntries(request.declarations),
  })
}

const formats: Record<string, string> = {
  woff2: 'woff2',
  woff: 'woff',
  ttf: 'truetype',
  otf: 'opentype',
  eot: 'embedded-opentype',
}

/** How wide a letter is on average in the fonts that every computer has. */
const installedWidths = { Arial: 913 / 2048, 'Times New Roman': 832 / 2048 }

/** A font that is there at once, scaled so that little moves when the real one has arrived. */
function standIn(
  installed: keyof typeof installedWidths,
  family: string,
  { ascent, descent, lineGap, unitsPerEm, xWidthAvg }: FontMetrics,
): string {
  const scale = xWidthAvg / unitsPerEm / installedWidths[installed]
  const share = (measure: number): string => percent(measure / unitsPerEm / scale)
  return rule('@font-face', {
    'font-family': `'${family}-fallback'`,
    src: `local('${installed}')`,
    'ascent-override': share(ascent),
    'descent-override': share(Math.abs(descent)),
    'line-gap-override': share(lineGap),
    'size-adjust': percent(scale),
  })
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`
}

function rule(selector: string, declarations: Record<string, string | null>): string {
  const lines = Object.entries(declarations).map(([name, value]) =>
    value === null ? '' : `  ${name}: ${value};\n`,
  )
  return `${selector} {\n${lines.join('')}}`
}

/** Keywords such as `system-ui` mean something else in quotes. */
function quoted(family: string): string {
  return /^[\w-]+$/.test(family) ? family : `'${family.replaceAll("'", '')}'`
}
