import '#web/ui/index.css'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { readBoot } from '#web/host/boot.ts'
import { hostKey } from '#web/host/host.ts'
import { wecomHost } from '#web/host/wecom-host.ts'
import { useSettings } from '#web/stores/settings.ts'
import SidebarApp from './SidebarApp.vue'

const boot = readBoot()
const app = createApp(SidebarApp, { boot, begun: window.__pangbai })
app.use(createPinia()).use(PiniaColada)
app.provide(hostKey, wecomHost(boot, window.__pangbai))
useSettings()
app.mount('#app')
