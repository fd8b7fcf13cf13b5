export { default } from '../upload/page'
export const getConfig = async () => ({ render: 'dynamic' }) as const
