import { remindDue } from './remind.ts'

export const taskJobs = { 'tasks.remind': remindDue }
