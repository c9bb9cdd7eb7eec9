import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { CustomerId } from '#shared/ids.ts'
import { listOrders, type Order } from '#shared/orders.ts'
import { call } from '#web/lib/api.ts'

const TYPING_MS = 250

/** One customer's orders, page by page. A change of customer or filter begins anew and drops what was under way. */
export function useOrders(customerId: () => CustomerId) {
  const year = ref<number | null>(null)
  const product = ref('')
  const orders = shallowRef<Order[]>([])
  const years = shallowRef<number[]>([])
  const cursor = ref<string | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  const begun = ref(false)
  let under: AbortController | undefined

  async function load(from: string | null): Promise<void> {
    under?.abort()
    const mine = (under = new AbortController())
    loading.value = true
    error.value = null
    try {
      const filters = {
        ...(year.value && { year: year.value }),
        ...(product.value.trim() && { product: product.value.trim() }),
      }
      const page = await call(
        listOrders,
        { customerId: customerId(), ...filters, ...(from && { cursor: from }) },
        mine.signal,
      )
      if (mine.signal.aborted) return
      orders.value = from ? [...orders.value, ...page.orders] : page.orders
      if (!from && page.years.length > 0) years.value = page.years
      cursor.value = page.nextCursor
      begun.value = true
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    } finally {
      if (under === mine) loading.value = false
    }
  }

  const filtered = computed(() => year.value !== null || product.value.trim() !== '')
  const restart = () => void load(null)
  let typing: ReturnType<typeof setTimeout> | undefined

  watch(customerId, () => {
    orders.value = []
    years.value = []
    begun.value = false
    year.value = null
    product.value = ''
    restart()
  })
  watch(year, restart)
  watch(product, () => {
    clearTimeout(typing)
    typing = setTimeout(restart, TYPING_MS)
  })
  onScopeDispose(() => {
    clearTimeout(typing)
    under?.abort()
  })
  restart()

  return {
    year,
    product,
    orders,
    years,
    error,
    loading,
    begun,
    filtered,
    hasMore: computed(() => cursor.value !== null),
    more: () => void (loading.value || !cursor.value || load(cursor.value)),
    restart,
    retry: () => void load(orders.value.length > 0 ? cursor.value : null),
  }
}
