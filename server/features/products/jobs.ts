import { learnProducts, learnProductsAnew } from './learn.ts'

export const productJobs = { 'products.learn': learnProducts, 'products.learnAnew': learnProductsAnew }
