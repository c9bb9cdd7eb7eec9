import { purgeCustomer, sweepErased } from './service.ts'

export const erasureJobs = { 'erasure.purge': purgeCustomer, 'erasure.sweep': sweepErased }
