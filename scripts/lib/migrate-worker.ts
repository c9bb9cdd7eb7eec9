import { workerData } from 'node:worker_threads'
import type { DatabaseTarget } from '#server/db/client.ts'
import { migrateDatabase } from '#server/db/migrate.ts'

await migrateDatabase(workerData as DatabaseTarget)
