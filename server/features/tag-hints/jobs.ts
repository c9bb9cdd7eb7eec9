import { learnTagLinks } from './learn.ts'

export const tagHintJobs = { 'tags.learn': learnTagLinks }
