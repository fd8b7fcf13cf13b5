export { Form as default, type FormProps } from '../form.ts'
