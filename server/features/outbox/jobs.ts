import { bringWaiting } from './service.ts'

export const outboxJobs = { 'outbox.send': bringWaiting }
