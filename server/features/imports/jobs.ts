import { cleanImports, workOnImport } from './work.ts'

export const importJobs = { 'imports.work': workOnImport, 'imports.clean': cleanImports }
