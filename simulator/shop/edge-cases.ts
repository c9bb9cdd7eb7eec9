import type { Customer, Follow, TagGroup } from '../types.ts'
import type { ShopClock } from './clock.ts'

const REP = 'LinXiaoYu'
const idOf = (key: string, type: 1 | 2 = 1) => `${type === 1 ? 'wm' : 'wo'}ShopEdge${key}`.padEnd(32, '0')

/** A customer with one quirk that real ones have; each has a name in the tests. */
export function edgeCases(clock: ShopClock, groups: TagGroup[]): Customer[] {
  const allTags = groups.filter((group) => group.name !== '等级').flatMap((group) => group.tags.map((tag) => tag.id))
  let added = 0
  const one = (
    key: string,
    name: string,
    follow: Partial<Follow> = {},
    customer: Partial<Customer> = {},
  ): Customer => ({
    externalUserid: idOf(key, customer.type),
    name,
    type: 1,
    gender: 2,
    avatar: '',
    ...customer,
    follows: [
      {
        userid: REP,
        remark: '',
        description: '',
        createTime: clock.daysAgo(20 + 3 * added++, 840),
        tagIds: [],
        personalTags: [],
        addWay: 1,
        operUserid: REP,
        relation: 'active',
        ...follow,
      },
    ],
  })
  return [
    one('Emoji', '🌸👨‍👩‍👧‍👦🏳️‍🌈👍🏽'),
    one('ZeroWidth', '李\u200d小\u200b暖\ufeff'),
    one('LongName', '很长的名字'.repeat(12) + '六十四字'),
    one('Html', '<img src=x onerror=alert(1)>', { remark: '<b>加粗</b>&amp;"引号"' }),
    one('RightToLeft', '\u202e反着写的昵称\u202c'),
    one('Control', '带\u0007控制\t字符'),
    one('FortyTags', '标签收集者', { remark: '周姐 样样都爱', tagIds: allTags.slice(0, 40) }),
    one('NoTags', '没有标签的人', { remark: '新客 孙小姐' }),
    one('NoRemark', '没有备注的人', { tagIds: allTags.slice(0, 2) }),
    one('LongRemark', '海棠', { remark: '一二三四五六七八九十一二三四五六七八九十', description: '长'.repeat(150) }),
    one('NoGender', '保密', {}, { gender: 0 }),
    one('HttpAvatar', '头像走明文', {}, { avatar: 'http://wx.qlogo.cn/mmhead/pretend0001/0' }),
    one('EmptyName', ''),
    one('PersonalTags', '个人标签', {
      personalTags: [
        { groupName: '', name: '爱喝茶' },
        { groupName: '我的', name: '老邻居' },
      ],
    }),
    one('ThreePhones', '三个手机号', { remarkMobiles: ['13800002201', '13800002202', '021-55502203'] }),
    one('Channels', '视频号来的', {
      addWay: 10,
      operUserid: idOf('Channels'),
      wechatChannels: { nickname: '拾光礼物生活馆', source: 2 },
    }),
    one('UnknownWay', '来源未知', { addWay: 99 }),
    one('CustomerLeft', '把我删了的人', { relation: 'customerDeleted', remark: '许女士 已删除我' }),
    one('Half', '还没通过验证', { relation: 'half', addWay: 3, operUserid: idOf('Half') }),
    one('MemberLeft', '被我删掉的人', { relation: 'memberDeleted' }),
    one(
      'Partner',
      '周可欣',
      { remark: '拙朴 周设计师', addWay: 3 },
      {
        type: 2,
        corpName: '拙朴设计',
        corpFullName: '上海拙朴空间设计有限公司',
        position: '软装设计师',
        avatar: 'https://wework.qpic.cn/pretend/zhoukexin/0',
      },
    ),
    one(
      'EmptyProfile',
      '空名片',
      { addWay: 11 },
      { type: 2, corpName: '', position: '', externalProfile: { externalAttr: [] } },
    ),
  ]
}
