import { checkTransfers, sendTransfers } from './service.ts'

export const transferJobs = { 'transfers.send': sendTransfers, 'transfers.check': checkTransfers }
