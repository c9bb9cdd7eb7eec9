import { cleanFiles } from './files.ts'

export const noteJobs = { 'notes.cleanFiles': cleanFiles }
