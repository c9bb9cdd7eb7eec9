import {
  Activity,
  ChartColumn,
  ClipboardCheck,
  EqualApproximately,
  Tags,
  NotepadText,
  LibraryBig,
  Stethoscope,
  Eraser,
  KeyRound,
  FileUp,
  Grid3x3,
  ListPlus,
  ListChecks,
  Milestone,
  Moon,
  ScanLine,
  ScrollText,
  ShieldAlert,
  Store,
  UserCog,
  UsersRound,
  Wand,
} from '@lucide/vue'
import { type Component, defineAsyncComponent } from 'vue'
import type { Role } from '#shared/endpoint.ts'
import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  review: ['跟进审阅', 'Review of notes'],
  figures: ['数据', 'Figures'],
  rfm: ['客户分层', 'Value and influence'],
  led: ['部门客户', 'Customers of your teams'],
  store: ['门店客户', 'Store customers'],
  counter: ['柜台打标签', 'Tags at the counter'],
  library: ['话术库', 'Replies'],
  imports: ['订单导入', 'Orders in'],
  checks: ['审阅规则', 'Review rules'],
  keys: ['开放接口', 'Open API'],
  templates: ['跟进模板', 'Note templates'],
  tagGroups: ['标签', 'Tags'],
  rules: ['自动标签', 'Automatic tags'],
  fields: ['客户字段', 'Customer fields'],
  stages: ['跟进阶段', 'Stages'],
  synonyms: ['同义词', 'Synonyms'],
  guard: ['联系频率', 'Contact guard'],
  quiet: ['免打扰时段', 'Quiet hours'],
  doctor: ['体检', 'Doctor'],
  operations: ['同步与作业', 'Sync and jobs'],
  members: ['成员与角色', 'Members and roles'],
  erasure: ['资料删除', 'Deletion'],
  audit: ['审计记录', 'Audit log'],
  brand: ['旁白', 'Pangbai'],
  main: ['主导航', 'Main'],
  theme: ['切换深色或浅色', 'Dark or light'],
  language: ['English', '中文'],
  signOut: ['退出', 'Sign out'],
  nothing: ['这里还没有你能看的页面', 'Nothing here for you yet'],
  nothingText: [
    '工作台给部门负责人、店员、管理员和审计员用。需要的话，请管理员给你角色；聊客户请在企业微信的聊天里打开侧边栏。',
    'The desk is for managers, clerks, admins and auditors. Ask your admin for a role; to talk to customers open the sidebar in a WeCom chat.',
  ],
})

export interface Page {
  id:
    | 'review'
    | 'figures'
    | 'led'
    | 'rfm'
    | 'counter'
    | 'store'
    | 'library'
    | 'imports'
    | 'tagGroups'
    | 'templates'
    | 'doctor'
    | 'erasure'
    | 'keys'
    | 'checks'
    | 'rules'
    | 'fields'
    | 'stages'
    | 'quiet'
    | 'guard'
    | 'synonyms'
    | 'operations'
    | 'members'
    | 'audit'
  role: Role
  icon: Component
  view: Component
  /** Its address may name one thing to open: `#/review/<note>`. */
  deep?: boolean
}

/** The desk's pages, in the order of its menu, and who sees each. The server refuses everybody else. */
export const PAGES: Page[] = [
  {
    id: 'review',
    role: 'manager',
    icon: ClipboardCheck,
    view: defineAsyncComponent(() => import('./ReviewDesk.vue')),
    deep: true,
  },
  {
    id: 'figures',
    role: 'manager',
    icon: ChartColumn,
    view: defineAsyncComponent(() => import('./FiguresDesk.vue')),
  },
  {
    id: 'led',
    role: 'manager',
    icon: UsersRound,
    view: defineAsyncComponent(() => import('./LedDesk.vue')),
  },
  {
    id: 'rfm',
    role: 'manager',
    icon: Grid3x3,
    view: defineAsyncComponent(() => import('#web/features/rfm/GridPage.vue')),
  },
  {
    id: 'counter',
    role: 'clerk',
    icon: ScanLine,
    view: defineAsyncComponent(() => import('#web/features/store/CounterPage.vue')),
  },
  {
    id: 'store',
    role: 'clerk',
    icon: Store,
    view: defineAsyncComponent(() => import('#web/features/store/StorePage.vue')),
  },
  {
    id: 'library',
    role: 'admin',
    icon: LibraryBig,
    view: defineAsyncComponent(() => import('./LibraryDesk.vue')),
  },
  {
    id: 'imports',
    role: 'admin',
    icon: FileUp,
    view: defineAsyncComponent(() => import('#web/features/imports/ImportsPage.vue')),
  },
  {
    id: 'checks',
    role: 'admin',
    icon: ListChecks,
    view: defineAsyncComponent(() => import('#web/features/checks/ReviewRulesPage.vue')),
  },
  {
    id: 'templates',
    role: 'admin',
    icon: NotepadText,
    view: defineAsyncComponent(() => import('#web/features/templates/TemplatesPage.vue')),
  },
  {
    id: 'tagGroups',
    role: 'admin',
    icon: Tags,
    view: defineAsyncComponent(() => import('#web/features/tag-groups/TagGroupsPage.vue')),
  },
  {
    id: 'rules',
    role: 'admin',
    icon: Wand,
    view: defineAsyncComponent(() => import('#web/features/rules/RulesPage.vue')),
  },
  {
    id: 'fields',
    role: 'admin',
    icon: ListPlus,
    view: defineAsyncComponent(() => import('#web/features/fields/FieldsPage.vue')),
  },
  {
    id: 'stages',
    role: 'admin',
    icon: Milestone,
    view: defineAsyncComponent(() => import('#web/features/stages/StagesPage.vue')),
  },
  {
    id: 'synonyms',
    role: 'admin',
    icon: EqualApproximately,
    view: defineAsyncComponent(() => import('#web/features/ask/SynonymsPage.vue')),
  },
  {
    id: 'quiet',
    role: 'admin',
    icon: Moon,
    view: defineAsyncComponent(() => import('#web/features/quiet/QuietPage.vue')),
  },
  {
    id: 'guard',
    role: 'admin',
    icon: ShieldAlert,
    view: defineAsyncComponent(() => import('#web/features/guard/GuardPage.vue')),
  },
  {
    id: 'keys',
    role: 'admin',
    icon: KeyRound,
    view: defineAsyncComponent(() => import('./OpenDesk.vue')),
  },
  {
    id: 'doctor',
    role: 'admin',
    icon: Stethoscope,
    view: defineAsyncComponent(() => import('#web/features/doctor/DoctorPage.vue')),
  },
  {
    id: 'operations',
    role: 'admin',
    icon: Activity,
    view: defineAsyncComponent(() => import('#web/features/operations/OperationsPage.vue')),
  },
  {
    id: 'members',
    role: 'admin',
    icon: UserCog,
    view: defineAsyncComponent(() => import('#web/features/members/MembersPage.vue')),
  },
  {
    id: 'erasure',
    role: 'admin',
    icon: Eraser,
    view: defineAsyncComponent(() => import('#web/features/erasure/ErasurePage.vue')),
  },
  {
    id: 'audit',
    role: 'auditor',
    icon: ScrollText,
    view: defineAsyncComponent(() => import('#web/features/audit/AuditPage.vue')),
  },
]
