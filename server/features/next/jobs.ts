import { cleanNext } from './service.ts'

export const nextJobs = { 'next.clean': cleanNext }
