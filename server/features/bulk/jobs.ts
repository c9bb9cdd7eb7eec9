import { runBulk } from './service.ts'

export const bulkJobs = { 'bulk.tag': runBulk }
