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

test('a loader makes the URL, overrideSrc has the last word', () => {
  const loader: ImageProps['loader'] = ({ src, width, quality }) => `${src}?w=${width}&q=${quality}`
  expect(props({ src: '/a', width: 9, quality: '5', loader })).toMatchObject({ src: '/a?w=9&q=5' })
  expect(props({ src: file, loader })).toMatchObject({ src: '/a.123.png?w=400&q=undefined' })
  expect(props({ src: '/a', loader, overrideSrc: '/b' })).toMatchObject({ src: '/b' })
})

test('what only an optimizer could use does not reach the element', () => {
  const optimizer = { placeholder: 'blur', blurDataURL: 'data:', unoptimized: true, quality: 75 }
  expect(Object.keys(props({ src: '/a.png', ...optimizer })).toSorted()).toEqual(
    Object.keys(props({ src: '/a.png' })).toSorted(),
  )
})
