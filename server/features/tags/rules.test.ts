import { describe, expect, test } from 'vitest'
import { type PlacedTag, planMarks, toneOf } from './rules.ts'

const level = (id: string): PlacedTag => ({ id, groupId: 'level', single: true })
const style = (id: string): PlacedTag => ({ id, groupId: 'style', single: false })
const library = [level('gold'), level('silver'), level('black'), style('french'), style('plain')]

describe('planning what to ask WeCom for', () => {
  test('a new level takes every other level off in the same call', () => {
    expect(planMarks({ add: ['gold'], remove: [] }, library)).toEqual({ add: ['gold'], remove: ['silver', 'black'] })
  })

  test('styles may stand together', () => {
    expect(planMarks({ add: ['french', 'plain'], remove: [] }, library)).toEqual({
      add: ['french', 'plain'],
      remove: [],
    })
  })

  test('two levels at once are refused', () => {
    expect(() => planMarks({ add: ['gold', 'silver'], remove: [] }, library)).toThrow('只能选一个')
  })

  test('a tag cannot be added and removed at once', () => {
    expect(() => planMarks({ add: ['french'], remove: ['french'] }, library)).toThrow('又加又去')
  })

  test('asking twice for the same tag asks WeCom once', () => {
    expect(planMarks({ add: ['french', 'french'], remove: ['plain', 'plain'] }, library)).toEqual({
      add: ['french'],
      remove: ['plain'],
    })
  })
})

test('the level group is gold wherever it stands, the others take their colours in turn', () => {
  expect(toneOf('等级', 3)).toBe('o')
  expect([0, 1, 2, 3, 4, 5].map((position) => toneOf('风格', position))).toEqual(['b', 'v', 'g', 'r', 'w', 'b'])
})
