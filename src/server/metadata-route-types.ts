import type * as MetadataRoute from './metadata-route.ts'

export type { MetadataRoute }
