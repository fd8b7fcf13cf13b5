import { expect, test } from 'vitest'
import { shownSize } from './shown-size.ts'

test.for([
  [undefined, { width: 3, height: 2 }],
  [3, { width: 3, height: 2 }],
  [6, { width: 2, height: 3 }],
  [8, { width: 2, height: 3 }],
] as const)('an image that was turned by EXIF orientation %s is %o', ([orientation, size]) => {
  expect(shownSize({ width: 3, height: 2, ...(orientation && { orientation }) })).toEqual(size)
})
