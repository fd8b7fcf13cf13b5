export { default } from '../../posts/layout'
export const getConfig = async () => ({ render: 'dynamic' }) as const
