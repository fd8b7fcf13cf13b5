export { default } from '../parallel/page'
export const getConfig = async () => ({ render: 'dynamic' }) as const
