import { getDiagnosis } from '#shared/doctor.ts'
import type { Route } from '#server/http/mount.ts'
import { diagnose } from './service.ts'

export function doctorRoutes(route: Route): void {
  route(getDiagnosis, (ctx) => diagnose(ctx))
}
