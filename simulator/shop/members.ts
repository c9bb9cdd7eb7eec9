import type { Department, Member } from '../types.ts'

export const CORP_NAME = '拾光礼物'
export const JINGAN = 11
export const XUHUI = 12
export const HUBIN = 13

/** Company → region → three stores, and the head office beside the region. */
export const departments: Department[] = [
  { id: 1, name: CORP_NAME, parentId: 0, order: 100_000_000, leaders: ['ShenAn'] },
  { id: 2, name: '总部', parentId: 1, order: 100_000_000, leaders: ['ShenAn'] },
  { id: 3, name: '华东区', parentId: 1, order: 99_999_000, leaders: ['GaoYuan'] },
  { id: JINGAN, name: '静安店', parentId: 3, order: 100_000_000, leaders: ['ZhaoMingYuan'] },
  { id: XUHUI, name: '徐汇店', parentId: 3, order: 99_999_000, leaders: ['ZhouKe'] },
  { id: HUBIN, name: '杭州湖滨店', parentId: 3, order: 99_998_000, leaders: ['QianRuoLin'] },
]

type Row = [userid: string, name: string, alias: string, position: string, department: number, gender: '1' | '2']

const ROWS: Row[] = [
  ['LinXiaoYu', '林晓雨', 'Rain', '导购', JINGAN, '2'],
  ['ZhaoMingYuan', '赵明远', '', '店长', JINGAN, '1'],
  ['ChenYiNuo', '陈一诺', 'Nuo', '导购', JINGAN, '2'],
  ['SunJiaHe', '孙嘉禾', '', '导购', JINGAN, '1'],
  ['ZhouKe', '周可', 'Coco', '店长', XUHUI, '2'],
  ['WuSiQi', '吴思琪', '', '导购', XUHUI, '2'],
  ['ZhengHaoRan', '郑皓然', 'Leo', '导购', XUHUI, '1'],
  ['QianRuoLin', '钱若琳', '', '店长', HUBIN, '2'],
  ['HeZiMo', '何子墨', '', '导购', HUBIN, '1'],
  ['XuWanQing', '许晚晴', 'Sunny', '导购', HUBIN, '2'],
  ['GaoYuan', '高远', '', '区域经理', 3, '1'],
  ['ShenAn', '沈安', 'Ann', '会员运营', 2, '2'],
]

/** Twelve people; the first is the sales rep the demo opens with. The last has no customers of her own. */
export const members: Member[] = ROWS.map(([userid, name, alias, position, department, gender], index) => ({
  userid,
  name,
  alias,
  position,
  departments: [department],
  mainDepartment: department,
  status: 1,
  gender,
  mobile: `1390000${String(1001 + index)}`,
  avatar: '',
  visible: true,
  customerContact: true,
}))

/** Those who serve customers in a store, with the number of customers each added. */
export const customerCounts: readonly (readonly [userid: string, customers: number])[] = [
  ['LinXiaoYu', 62],
  ['ZhaoMingYuan', 30],
  ['ChenYiNuo', 34],
  ['SunJiaHe', 28],
  ['ZhouKe', 30],
  ['WuSiQi', 36],
  ['ZhengHaoRan', 28],
  ['QianRuoLin', 24],
  ['HeZiMo', 26],
  ['XuWanQing', 30],
  ['GaoYuan', 6],
]
