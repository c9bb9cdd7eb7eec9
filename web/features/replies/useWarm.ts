import { watch } from 'vue'
import { type Reply, warmMedia } from '#shared/replies.ts'
import { call } from '#web/lib/api.ts'
import { useOnline } from '#web/lib/online.ts'

/** What stands on the screen is uploaded ahead of the tap. */
export function useWarm(shown: () => Reply[]): void {
  const online = useOnline()
  const warmed = new Set<string>()
  watch(
    () =>
      shown()
        .slice(0, 12)
        .flatMap((reply) => reply.parts.flatMap((part) => ('assetId' in part ? [part.assetId] : []))),
    (assets) => {
      const cold = assets.filter((id) => !warmed.has(id)).slice(0, 20)
      if (cold.length === 0 || !online.value) return
      for (const id of cold) warmed.add(id)
      void call(warmMedia, { assets: cold }).catch(() => undefined) // The tap does it then.
    },
  )
}
