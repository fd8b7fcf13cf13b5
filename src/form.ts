export { Form, type FormProps } from './view/form.tsx'
