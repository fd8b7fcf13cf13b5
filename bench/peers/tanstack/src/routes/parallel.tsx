import { createFileRoute } from '@tanstack/react-router'
import { TenCalls } from '../parallel/ten-calls'

export const Route = createFileRoute('/parallel')({ component: TenCalls })
