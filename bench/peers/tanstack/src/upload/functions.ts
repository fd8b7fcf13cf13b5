import { createServerFn } from '@tanstack/react-start'

const received = createServerFn({ method: 'POST' })
  .validator((formData: FormData) => formData)
  .handler(async ({ data }) => {
    const file = data.get('file')
    return file instanceof File ? (await file.arrayBuffer()).byteLength : 0
  })

/** The case "an upload of 20 MB". */
export const receive = (formData: FormData) => received({ data: formData })
