import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { Output } from '#shared/endpoint.ts'
import type { CommentId, NoteId, SampleId } from '#shared/ids.ts'
import {
  drawSample,
  getReviewNote,
  judgeNote,
  listReview,
  passSample,
  type ReviewItem,
  ReviewTab,
  type Scores,
  undoVerdict,
  type Verdict,
} from '#shared/review.ts'
import { call } from '#web/lib/api.ts'
import { errorText } from '#web/lib/error-text.ts'
import { usePages } from '#web/lib/pages.ts'
import { uuid } from '#web/lib/uuid.ts'
import { useToast } from '#web/ui/toast.ts'
import { t } from './messages.ts'

type First = Pick<Output<typeof listReview>, 'counts' | 'stores'>
type Counts = Record<ReviewTab, number>
interface Said {
  body: string
  replyTo: CommentId | null
  mentions: string[]
}
const NARROW = window.matchMedia('(max-width: 720px)')
const NONE: Counts = { flagged: 0, low: 0, done: 0 }

/**
 * The queue, the note that is open and what was done to each. A judged note stays where it stands until the list is read anew, so that the next key
 * always means the next note.
 */
export function useReview(open: { id: NoteId | null }) {
  const filters = reactive({
    tab: 'flagged' as ReviewTab,
    days: '7' as '1' | '7' | '30',
    store: '',
    q: '',
    verdict: '' as Verdict | '',
  })
  const first = shallowRef<First>({ counts: null, stores: null })
  const done = reactive(new Map<string, ReviewItem>())
  const given = ref<{ noteId: NoteId; review: string; name: string }[]>([])
  const selected = ref<NoteId | null>(open.id)
  const sample = shallowRef<{ id: SampleId; items: ReviewItem[]; rest: number } | null>(null)
  const cache = useQueryCache()
  const toast = useToast()

  const list = usePages(
    async (cursor, signal) => {
      const { tab, days, store, q, verdict } = filters
      const wanted = {
        tab,
        days,
        ...(store && { store }),
        ...(q.trim() && { q: q.trim() }),
        ...(tab === 'done' && verdict && { verdict }),
      }
      const page = await call(listReview, { ...wanted, ...(cursor && { cursor }) }, signal)
      if (page.counts) {
        first.value = page
        done.clear()
        // On a phone nothing is read, and nothing recorded as read, before it is tapped.
        if (selected.value === null && !NARROW.matches) selected.value = page.items[0]?.noteId ?? null
      }
      return { rows: page.items, nextCursor: page.nextCursor }
    },
    () => ({ ...filters }),
  )
  const items = computed(() => (sample.value?.items ?? list.rows).map((item) => done.get(item.noteId) ?? item))
  watch(
    () => filters.tab,
    () => {
      selected.value = null
      sample.value = null
    },
  )

  const at = computed(() => items.value.findIndex((item) => item.noteId === selected.value))
  const detail = useQuery({
    key: () => ['review', selected.value ?? ''],
    query: ({ signal }) => call(getReviewNote, { ledNoteId: selected.value! }, signal),
    enabled: () => selected.value !== null,
  })
  /** The open note's own answer, never the one before it. */
  const note = computed(() => (detail.data.value?.item.noteId === selected.value ? detail.data.value : undefined))
  watch(note, (answer) => {
    if (answer) done.set(answer.item.noteId, { ...answer.item, read: true })
  })

  const judgedHere = computed(() => {
    const began = new Map(list.rows.map((item) => [item.noteId as string, item.verdict]))
    let n = 0
    for (const item of done.values())
      if (began.has(item.noteId)) n += Number(item.verdict !== null) - Number(began.get(item.noteId) !== null)
    return n
  })
  const counts = computed<Counts>(() => {
    const read = first.value.counts ?? NONE
    const { tab } = filters
    if (tab === 'done') return read
    return { ...read, [tab]: read[tab] - judgedHere.value, done: read.done + judgedHere.value }
  })
  const total = computed(() => counts.value.flagged + counts.value.low + counts.value.done)

  function move(step: number): void {
    const to = items.value[Math.min(Math.max(at.value + step, 0), items.value.length - 1)]
    if (to) selected.value = to.noteId
    if (at.value >= items.value.length - 5) list.more()
  }
  /** The tab behind this one, and from the last the first again. */
  function turn(): void {
    const tabs = ReviewTab.options
    filters.tab = tabs[(tabs.indexOf(filters.tab) + 1) % tabs.length]!
  }
  /** The next one that has no verdict, else simply the next. */
  function advance(): void {
    const next = items.value.find((item, i) => i > at.value && item.verdict === null)
    if (next) selected.value = next.noteId
    else move(1)
    if (at.value >= items.value.length - 5) list.more()
  }

  /** Shown as done at once and sent behind; what fails is taken back and said. */
  async function judge(verdict: Verdict, scores: Scores | null, said: Said): Promise<boolean> {
    const answer = note.value
    if (!answer) return false
    const { item } = answer
    const review = uuid()
    done.set(item.noteId, { ...item, verdict, read: true })
    advance()
    try {
      const { body, replyTo, mentions } = said
      const words = body ? { comment: body, replyTo, mentions } : { comment: null, replyTo: null, mentions: [] }
      const input = { ledNoteId: item.noteId, review, version: item.version, verdict, scores, ...words }
      const judged = await call(judgeNote, input)
      done.set(item.noteId, judged.item)
      given.value.push({ noteId: item.noteId, review, name: item.customerName })
      void cache.invalidateQueries({ key: ['review', item.noteId] })
      toast.show({
        text: t('judged', { name: item.customerName, verdict: t(verdict) }),
        action: { label: t('undo'), run: () => void undo() },
      })
      return true
    } catch (error) {
      done.set(item.noteId, item)
      selected.value = item.noteId
      void cache.invalidateQueries({ key: ['review', item.noteId] })
      toast.show({ tone: 'bad', text: t('failed', { why: errorText(error) }) })
      return false
    }
  }

  async function undo(): Promise<void> {
    const last = given.value.pop()
    if (!last) return toast.show({ text: t('nothingToUndo') })
    try {
      const { item } = await call(undoVerdict, { ledNoteId: last.noteId, review: last.review })
      done.set(item.noteId, item)
      selected.value = item.noteId
      void cache.invalidateQueries({ key: ['review', item.noteId] })
      toast.show({ text: t('undone') })
    } catch (error) {
      toast.show({ tone: 'bad', text: t('failed', { why: errorText(error) }) })
    }
  }

  async function draw(): Promise<void> {
    const id = uuid() as SampleId
    const { days, store } = filters
    try {
      const drawn = await call(drawSample, { sample: id, days, ...(store && { store }) })
      if (drawn.items.length === 0) return
      sample.value = { id, ...drawn }
      selected.value = drawn.items[0]!.noteId
    } catch (error) {
      toast.show({ tone: 'bad', text: t('failed', { why: errorText(error) }) })
    }
  }
  const sampleReady = computed(() => items.value.every((item) => item.verdict === 'passed'))
  async function passTheRest(): Promise<void> {
    if (!sample.value) return
    try {
      const { passed } = await call(passSample, { sampleId: sample.value.id })
      toast.show({ text: t('samplePassed', { n: passed }) })
      endSample()
    } catch (error) {
      toast.show({ tone: 'bad', text: t('failed', { why: errorText(error) }) })
    }
  }
  function endSample(): void {
    sample.value = null
    selected.value = null
    filters.tab = 'done'
  }

  return {
    filters,
    first,
    list,
    items,
    selected,
    at,
    detail,
    note,
    counts,
    total,
    sample,
    sampleReady,
    move,
    turn,
    judge,
    undo,
    draw,
    passTheRest,
    endSample,
    reread: () => cache.invalidateQueries({ key: ['review', selected.value ?? ''] }),
  }
}
