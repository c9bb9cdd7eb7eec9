import * as contract from '#shared/customers.ts'
import { RawJson, type Route } from '#server/http/mount.ts'
import { revealPhones } from './phones.ts'
import { editFollow, readProfile } from './profile.ts'
import { openCard, readVersion, refreshCustomer } from './service.ts'

export function customerRoutes(route: Route): void {
  route(contract.getCustomerCard, async (ctx, input) => new RawJson(await openCard(ctx, input)))
  route(contract.refreshCustomer, async (ctx, input) => new RawJson(await refreshCustomer(ctx, input)))
  route(contract.getCardVersion, readVersion)
  route(contract.getCustomerProfile, readProfile)
  route(contract.editFollow, editFollow)
  route(contract.revealPhones, revealPhones)
}
