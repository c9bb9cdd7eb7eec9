import { onMounted, onUnmounted } from 'vue'

/** What changed in WeCom is on the open card within three seconds, its own way through our server included. */
const LOOK_MS = 2_500

/** Looks again and again while the page is in sight; never twice at once. */
export function useLook(look: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false
  const next = () => {
    if (!gone) timer = setTimeout(() => void tick(), LOOK_MS)
  }
  const tick = async () => {
    if (!document.hidden) await look()
    next()
  }
  onMounted(next)
  onUnmounted(() => {
    gone = true
    clearTimeout(timer)
  })
}
