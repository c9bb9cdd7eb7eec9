import { ref } from 'vue'

export type Locale = 'zh' | 'en'

/** The language of every text; the settings store sets it. */
export const locale = ref<Locale>('zh')

/** A feature's texts, Chinese first. The function given back fills `{name}` from `values`, and follows the language. */
export function defineMessages<Key extends string>(messages: Record<Key, readonly [zh: string, en: string]>) {
  return (key: Key, values: Record<string, string | number> = {}): string =>
    messages[key][locale.value === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    )
}
