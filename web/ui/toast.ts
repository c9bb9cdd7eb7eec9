import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Toast {
  text: string
  action?: { label: string; run: () => void }
  /** Default 5 s. */
  ms?: number
  tone?: 'plain' | 'bad'
}

/** One message at the foot of the page; a newer one takes its place. */
export const useToast = defineStore('toast', () => {
  const current = shallowRef<(Toast & { id: number }) | null>(null)
  let made = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(toast: Toast): void {
    clearTimeout(timer)
    const id = ++made
    current.value = { ...toast, id }
    timer = setTimeout(() => hide(id), toast.ms ?? 5_000)
  }
  function hide(id = made): void {
    if (current.value?.id === id) current.value = null
  }
  return { current, show, hide }
})
