import { readNames } from './service.ts'

export const bookJobs = { 'book.readNames': readNames }
