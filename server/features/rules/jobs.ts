import { applyRules } from './service.ts'

export const ruleJobs = { 'rules.apply': applyRules }
