import { learnFromOrders } from './learn.ts'

export const repurchaseJobs = { 'orders.learn': learnFromOrders }
