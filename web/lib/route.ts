import { ref } from 'vue'

const here = () => decodeURIComponent(location.hash.replace(/^#\/?/, ''))

/** The part of the address behind `#/`: which page of the desk is open. The back button works. */
export const route = ref(here())
window.addEventListener('hashchange', () => (route.value = here()))
