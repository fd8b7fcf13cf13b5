export { Region, type RegionProps } from './server/region.tsx'
