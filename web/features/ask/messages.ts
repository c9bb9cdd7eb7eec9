import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: ['一组里的词互相代替，导购“问一问”时用', 'Words of a group stand for one another when reps ask'],
  add: ['加一组', 'Add a group'],
  words: ['一组同义词，用顿号或空格分开', 'Synonyms, with commas or blanks between'],
  wordsHint: ['熨烫、洗涤、打理', 'iron, wash, care'],
  drop: ['去掉「{words}」', 'Remove {words}'],
  few: ['每组至少要两个词', 'A group needs two words'],
  none: [
    '还没有自己的同义词；常用的客服说法已经内置',
    'No synonyms of your own yet; common customer service words are built in',
  ],
  try: ['试一试', 'Try it'],
  tryHint: ['客户会怎么问', 'What a customer would ask'],
  ask: ['找一找', 'Find'],
  tryFailed: ['没试成：{why}', 'Could not try: {why}'],
  unsaved: ['先保存，再试改过的词', 'Save first to try what you changed'],
  nothing: ['公司话术里没有沾边的', 'Nothing near among the company’s replies'],
  shown: ['会给导购', 'Shown to reps'],
  withheld: ['没有把握，不给', 'Not sure enough, withheld'],
  covers: ['说到了问题的 {n}%', 'Speaks of {n}% of the question'],
  matched: ['对上「{words}」', 'Matches {words}'],
})
