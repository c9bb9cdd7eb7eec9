import { useQuery } from '@pinia/colada'
import { computed, ref, watch } from 'vue'
import { getCardVersion, refreshCustomer } from '#shared/customers.ts'
import type { CustomerId } from '#shared/ids.ts'
import type { Begun, Boot } from '#web/host/boot.ts'
import { ApiError, call } from '#web/lib/api.ts'
import { useLook } from '#web/lib/look.ts'
import { useOnline } from '#web/lib/online.ts'
import { cardQuery, usePatchCard } from '#web/features/customer-card/card.query.ts'

/** Leads back through signing in, once: a loop would hide what is wrong. */
function signInAgain(): void {
  const again = new URLSearchParams(location.search).has('again')
  if (!again) location.replace(`/auth/login?return=${encodeURIComponent('/sidebar?again=1')}`)
}

/**
 * One customer's card: last time's at once, the fresh one as soon as it comes, and WeCom asked behind it where our copy is old.
 * `gone`: the customer is not (any longer) ours, whatever an earlier copy says.
 */
export function useCard(id: CustomerId, boot: Boot, begun: Begun | undefined) {
  const query = useQuery(() => cardQuery({ id, boot, begun }))
  const patchCard = usePatchCard()
  const online = useOnline()
  const behind = ref<unknown>(null)
  const error = computed(() => query.error.value ?? behind.value)
  const gone = computed(() => error.value instanceof ApiError && error.value.code === 'not_found')
  let asked = false

  async function refreshBehind(): Promise<void> {
    behind.value = null
    try {
      const fresh = await call(refreshCustomer, { customerId: id })
      patchCard(id, () => fresh)
    } catch (failure) {
      behind.value = failure
    }
  }

  watch(query.data, (card) => {
    if (asked || !card?.stale || query.isLoading.value) return
    asked = true
    void refreshBehind()
  })
  watch(query.isLoading, (loading) => {
    if (loading || asked || !query.data.value?.stale || query.error.value) return
    asked = true
    void refreshBehind()
  })
  watch(error, (failure) => failure instanceof ApiError && failure.code === 'unauthenticated' && signInAgain())
  watch(online, (back) => back && void query.refetch())

  useLook(async () => {
    const known = query.data.value?.version
    if (known === undefined || query.isLoading.value || !online.value) return
    try {
      const { version } = await call(getCardVersion, { customerId: id })
      if (version !== query.data.value?.version) await query.refetch()
    } catch (failure) {
      if (failure instanceof ApiError && ['not_found', 'unauthenticated'].includes(failure.code)) await query.refetch()
    }
  })

  const retry = () => void (behind.value && !query.error.value ? refreshBehind() : query.refetch())
  return { card: query.data, error, gone, retry }
}
