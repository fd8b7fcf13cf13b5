export { default } from '../../posts/page'
export const getConfig = async () => ({ render: 'dynamic' }) as const
