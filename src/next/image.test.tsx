import { expect, test } from 'vitest'
import Image, { getImageProps, type ImageProps } from './image.tsx'

const props = (image: Omit<ImageProps, 'alt'>): object =>
  getImageProps({ alt: 'x', ...image }).props

test('an image is an img with its size, fetched when it comes near', () => {
  const image = { src: '/a.png', width: 400, height: 200, alt: 'x', className: 'c', sizes: '50vw' }
  expect(props(image)).toEqual({ ...image, loading: 'lazy', decoding: 'async' })
  expect(Image(image)).toMatchObject({ type: 'img', props: { src: '/a.png', alt: 'x' } })
})

test('src is the last attribute, after those that say how to fetch it', () => {
  expect(Object.keys(props({ src: '/a.png', loading: 'eager' })).at(-1)).toBe('src')
})

test('an image of priority is fetched at once and first', () => {
  const first = { loading: 'eager', fetchPriority: 'high' }
  expect(props({ src: '/a.png', priority: true })).toMatchObject(first)
  expect(props({ src: '/a.png', preload: true })).toMatchObject(first)
  expect(props({ src: '/a.png', loading: 'eager' })).toMatchObject({ loading: 'eager' })
})

test('fill covers the positioned ancestor, and keeps the given style', () => {
  expect(props({ src: '/a.png', fill: true, style: { objectFit: 'cover', inset: 5 } })).toEqual({
    alt: 'x',
    src: '/a.png',
    loading: 'lazy',
    decoding: 'async',
    style: { position: 'absolute', inset: 5, width: '100%', height: '100%', objectFit: 'cover' },
  })
})

const file = { src: '/a.123.png', width: 400, height: 300 }

test.for<[Partial<ImageProps>, object]>([
  [{}, { src: file.src, width: 400, height: 300 }],
  [{ width: 200 }, { width: 200, height: 150 }],
  [{ height: '150' }, { width: 200, height: '150' }],
  [
    { width: 10, height: 20 },
    { width: 10, height: 20 },
  ],
])('an imported image with %j has the size %j', ([given, expected]) => {
  expect(props({ src: file, ...given })).toMatchObject(expected)
  expect(props({ src: { default: file }, ...given })).toMatchObject(expected)
})

test('a filling image has no size of its own', () => {
  expect(props({ src: file, fill: true })).not.toHaveProperty('width')
})

const loader: NonNullable<ImageProps['loader']> = ({ src, width, quality }) =>
  `${src}?w=${width}&q=${quality}`

test('a loader makes a URL for each density of screens, overrideSrc has the last word', () => {
  expect(props({ src: '/a', width: 100, height: 9, quality: '5', loader })).toMatchObject({
    srcSet: '/a?w=128&q=5 1x, /a?w=256&q=5 2x',
    src: '/a?w=256&q=5',
  })
  expect(props({ src: file, loader })).toMatchObject({ src: '/a.123.png?w=828&q=undefined' })
  expect(props({ src: '/a', width: 1, loader, overrideSrc: '/b' })).toMatchObject({ src: '/b' })
  const unoptimized = props({ src: '/a', width: 1, loader, unoptimized: true })
  expect(unoptimized).toMatchObject({ src: '/a' })
  expect(unoptimized).not.toHaveProperty('srcSet')
})

test.for<[string | undefined, string, RegExp]>([
  [undefined, '100vw', /^\/a\?w=640&q=undefined 640w, .*, \/a\?w=3840&q=undefined 3840w$/],
  ['(max-width: 600px) 100vw, 50vw', '(max-width: 600px) 100vw, 50vw', /^\/a\?w=384&/],
  ['90px', '90px', /^\/a\?w=32&/],
])(
  'a filling image of sizes %s is offered in the widths that it may have',
  ([sizes, shown, set]) => {
    const filling = props({ src: '/a', fill: true, loader, ...(sizes !== undefined && { sizes }) })
    expect(filling).toMatchObject({ sizes: shown, srcSet: expect.stringMatching(set) })
  },
)

test('a placeholder is behind the image', () => {
  const behind = (image: Omit<ImageProps, 'alt' | 'src'>): unknown =>
    (props({ src: '/a.png', ...image }) as ImageProps).style?.backgroundImage
  expect(behind({ placeholder: 'blur', blurDataURL: 'data:x' })).toBe('url("data:x")')
  expect(behind({ placeholder: 'data:image/png;base64,aa' })).toBe(
    'url("data:image/png;base64,aa")',
  )
  expect(behind({ blurDataURL: 'data:x' })).toBeUndefined()
  const { style } = props({
    src: '/a.png',
    placeholder: 'blur',
    blurDataURL: 'data:x',
    style: { color: 'red' },
  }) as ImageProps
  expect(style).toMatchObject({ color: 'red', backgroundSize: 'cover' })
  const imported = { ...file, blurDataURL: 'data:y' }
  expect(props({ src: imported, placeholder: 'blur' })).toHaveProperty('style')
})

test('what only an optimizer could use does not reach the element', () => {
  const optimizer = { placeholder: 'blur', unoptimized: true, quality: 75 } as const
  expect(Object.keys(props({ src: '/a.png', ...optimizer })).toSorted()).toEqual(
    Object.keys(props({ src: '/a.png' })).toSorted(),
  )
})
