import { parseArgs } from 'node:util'
import { readStatus, retryDead, type Status } from '#server/jobs/status.ts'
import { openDatabase } from './lib/import-database.ts'

const USAGE = `用法 usage: npm run status -- [--watch] [--retry-dead] [--json]
  同步进度、收件箱、待写企业微信的改动、作业队列和失败的作业。--watch 每秒刷新；--retry-dead 重试失败的作业。`

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    'retry-dead': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const database = await openDatabase()
try {
  if (values['retry-dead']) console.log(`重试 ${await retryDead(database.sql)} 个失败的作业`)
  do {
    const status = await readStatus(database.sql)
    console.log(values.json ? JSON.stringify(status, null, 2) : inWords(status))
    if (values.watch) await new Promise((resolve) => setTimeout(resolve, 1_000))
  } while (values.watch)
} finally {
  await database.close()
}

function inWords({ sync, queue, inbox, outbox, dead }: Status): string {
  const old = (seconds: number | null) => (seconds === null ? '' : `，最早 ${seconds} 秒前`)
  const runs = sync.map((run) => {
    const seconds = (Date.parse(run.finishedAt ?? new Date().toISOString()) - Date.parse(run.startedAt)) / 1000
    const rate = run.customers / Math.max(seconds, 0.001)
    const left =
      run.membersDone > 0 ? (seconds / run.membersDone) * (run.members - run.membersDone - run.membersFailed) : 0
    const state = run.finishedAt ? `完成，${seconds.toFixed(1)} 秒` : `进行中，约剩 ${left.toFixed(0)} 秒`
    const causes = Object.entries(run.causes).map(([code, n]) => `${code}×${n}`)
    const failed = run.membersFailed > 0 ? `，失败成员 ${run.membersFailed}（${causes.join('、')}）` : ''
    const what = run.kind === 'full' ? '全量' : '近两小时'
    return `  ${run.startedAt.slice(0, 19)} ${what}：成员 ${run.membersDone}/${run.members}，客户 ${run.customers}（每秒 ${rate.toFixed(0)}），差异 ${run.differences}${failed}；${state}`
  })
  return [
    '同步 sync',
    ...(runs.length > 0 ? runs : ['  还没有同步过']),
    `收件箱 inbox   等待 ${inbox.waiting}${old(inbox.oldestSeconds)}`,
    `待写 outbox    等待 ${outbox.waiting}${old(outbox.oldestSeconds)}，被拒 ${outbox.failed}`,
    `队列 queue     ${queue.jobs}${old(queue.oldestSeconds)}`,
    `失败 dead      ${dead.length}`,
    ...dead.map((job) => `  ${job.id} ${job.kind} ${job.key ?? ''} 试了 ${job.attempts} 次：${job.error ?? ''}`),
  ].join('\n')
}
