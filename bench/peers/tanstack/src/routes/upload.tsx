import { createFileRoute } from '@tanstack/react-router'
import { Uploader } from '../upload/uploader'

export const Route = createFileRoute('/upload')({ component: Uploader })
