import { defineAsyncComponent } from 'vue'

/** What opens over the card or beside it. None of it is loaded before the card is painted; all of it soon after, so that it opens without a network. */
const load = {
  aside: () => import('./AsideBlocks.vue'),
  brief: () => import('./BriefPanel.vue'),
  orders: () => import('#web/features/orders/OrdersTab.vue'),
  replies: () => import('./RepliesOver.vue'),
  tags: () => import('#web/features/tags/TagSheet.vue'),
  profile: () => import('#web/features/profile/ProfileSheet.vue'),
  fields: () => import('#web/features/fields/FieldsForm.vue'),
  note: () => import('#web/features/notes/NoteSheet.vue'),
  review: () => import('#web/features/review/OwnReview.vue'),
  task: () => import('#web/features/tasks/TaskSheet.vue'),
  tasks: () => import('#web/features/tasks/TaskList.vue'),
  timeline: () => import('#web/features/timeline/TimelineTab.vue'),
  pending: () => import('#web/features/outbox/PendingStrip.vue'),
  linked: () => import('./LinkedStrip.vue'),
  queue: () => import('#web/features/queue/QueueStrip.vue'),
  work: () => import('./WorkPage.vue'),
  diagnose: () => import('#web/features/states/DiagnosePage.vue'),
  fault: () => import('#web/features/states/HostFaultPage.vue'),
}

export const AsideBlocks = defineAsyncComponent(load.aside)
export const BriefPanel = defineAsyncComponent(load.brief)
export const OrdersTab = defineAsyncComponent(load.orders)
export const RepliesPanel = defineAsyncComponent(load.replies)
export const TagSheet = defineAsyncComponent(load.tags)
export const ProfileSheet = defineAsyncComponent(load.profile)
export const FieldsForm = defineAsyncComponent(load.fields)
export const NoteSheet = defineAsyncComponent(load.note)
export const OwnReview = defineAsyncComponent(load.review)
export const TaskSheet = defineAsyncComponent(load.task)
export const TaskList = defineAsyncComponent(load.tasks)
export const TimelineTab = defineAsyncComponent(load.timeline)
export const PendingStrip = defineAsyncComponent(load.pending)
export const LinkedStrip = defineAsyncComponent(load.linked)
export const QueueStrip = defineAsyncComponent(load.queue)
export const HostFaultPage = defineAsyncComponent(load.fault)
export const DiagnosePage = defineAsyncComponent(load.diagnose)
export const WorkPage = defineAsyncComponent(load.work)

const SOON_MS = 1_200
let begun = false

/** Fetches the rest while nothing else is going on, once a page. */
export function fetchSoon(more: () => void): void {
  if (begun) return
  begun = true
  setTimeout(() => {
    more()
    for (const one of Object.values(load)) void one().catch(() => undefined) // It is asked for again when it is opened.
  }, SOON_MS)
}
