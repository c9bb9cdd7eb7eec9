import { recheckNotes } from './service.ts'

export const checkJobs = { 'review.recheck': recheckNotes }
