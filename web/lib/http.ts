import axios from 'axios'

/** The one HTTP client of the page; `api.ts` is its only user. */
export const http = axios.create({ timeout: 15_000 })
