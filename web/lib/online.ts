import { readonly, ref } from 'vue'

const online = ref(navigator.onLine)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))

/** Whether the browser believes it has a network. */
export const useOnline = () => readonly(online)
