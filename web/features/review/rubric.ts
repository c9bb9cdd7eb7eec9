import { defineMessages } from '#web/lib/i18n.ts'
import { RUBRIC, type Scores } from '#shared/review.ts'

const t = defineMessages({
  need: ['需求', 'Need'],
  evidence: ['依据', 'Evidence'],
  consistent: ['标签和阶段', 'Tags and stage'],
  compliant: ['合规', 'Rules'],
  next: ['下一步', 'Next step'],
  scored: ['{sum} / 10（{each}）', '{sum} / 10 ({each})'],
})

export const rubricName = (key: keyof Scores): string => t(key)
/** All of a scored note in one line. */
export const scoreText = (scores: Scores): string =>
  t('scored', {
    sum: Object.values(scores).reduce<number>((sum, n) => sum + n, 0),
    each: RUBRIC.map((key) => `${t(key)} ${scores[key]}`).join(' · '),
  })
