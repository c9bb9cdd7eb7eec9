import '#web/ui/index.css'
import '#web/ui/desk.css'
import '#web/ui/kept.css'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { Self } from '#shared/session.ts'
import { useSettings } from '#web/stores/settings.ts'
import DeskApp from './DeskApp.vue'

const block = document.getElementById('boot')
if (!block?.textContent) throw new Error('the page was served without its boot data')
const { me } = JSON.parse(block.textContent) as { me: Self }
const app = createApp(DeskApp, { me })
app.use(createPinia()).use(PiniaColada)
useSettings()
app.mount('#app')
