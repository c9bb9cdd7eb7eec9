import { AsyncLocalStorage } from 'node:async_hooks'

const background = new AsyncLocalStorage<true>()

/** Work nobody waits for: its calls to WeCom leave a part of every budget to those somebody waits for. */
export const inBackground = <T>(work: () => Promise<T>): Promise<T> => background.run(true, work)

export const isBackground = (): boolean => background.getStore() ?? false
