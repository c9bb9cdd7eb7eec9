import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { type Locale, locale } from '#web/lib/i18n.ts'
import { readStored, store } from '#web/lib/storage.ts'

export type Theme = 'auto' | 'light' | 'dark'
export const TEXT_SCALES = [1, 1.15, 1.3] as const
export type TextScale = (typeof TEXT_SCALES)[number]

/** The page's inline script reads the same key, before the first paint. */
const KEY = 'pangbai.settings'

interface Stored {
  theme: Theme
  textScale: TextScale
  locale: Locale
}

/** The client tells its scheme in the user agent; elsewhere the system's counts. */
function preferred(): 'light' | 'dark' {
  const told = /ColorScheme\/(Dark|Light)/i.exec(navigator.userAgent)?.[1]?.toLowerCase()
  if (told) return told === 'dark' ? 'dark' : 'light'
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export const useSettings = defineStore('settings', () => {
  const kept = readStored<Partial<Stored>>(KEY)
  const theme = ref<Theme>(kept?.theme ?? 'auto')
  const textScale = ref<TextScale>(kept?.textScale ?? 1)
  const language = ref<Locale>(kept?.locale ?? (/Language\/en/i.test(navigator.userAgent) ? 'en' : 'zh'))

  watch(
    [theme, textScale, language],
    () => {
      const root = document.documentElement
      root.dataset['theme'] = theme.value === 'auto' ? preferred() : theme.value
      root.style.fontSize = textScale.value === 1 ? '' : `${textScale.value * 100}%`
      root.lang = language.value === 'en' ? 'en' : 'zh-CN'
      locale.value = language.value
    },
    { immediate: true },
  )
  watch([theme, textScale, language], () =>
    store(KEY, { theme: theme.value, textScale: textScale.value, locale: language.value } satisfies Stored),
  )
  return { theme, textScale, language }
})
