'use server'

/** The case "an upload of 20 MB". */
export async function receive(formData: FormData) {
  const file = formData.get('file')
  return file instanceof File ? (await file.arrayBuffer()).byteLength : 0
}
