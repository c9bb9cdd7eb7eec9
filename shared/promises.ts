import { findDate } from './chinese-date.ts'
import { allNotAfter, type NotAfter } from './not-after.ts'
import { DAY_MS, SHOP_MS } from './shop-time.ts'

/**
 * What somebody of the shop promised a customer. `phrase`: the words it was read from. `title`: the same as a task's words. `due` says where `dueAt` is
 * from: `said` a day the text names, `soon` a word such as 晚点, `event` three days from now, since nobody knows when it will be in stock.
 */
export interface FoundPromise {
  phrase: string
  title: string
  dueAt: Date
  due: 'said' | 'soon' | 'event'
}

/** Things one does later and can forget. They need a time, an event or a firm word beside them; without one they are being done right now. */
const DELIVER: NotAfter[] = [
  [/发(?![现生烧热光型火愁布票了])/g, '沙出开批蒸头理美启爆群'],
  [/回(?=您|你|她|他|电)/g, '找退取收拿带寄'],
  [/带(?=.{0,6}给)/g, '大家'],
  [
    /补?寄|送(?=到|过去|货|上门|给|您|你|她|他)|通知|告诉|告知|转告|答复|回复|联系|打(?:个)?电话|报价|提醒|补发|退(?=款|给|您|差价)|[开寄]\S{0,2}发票|给(?=样图|方案|清单|结果|准信|消息|效果图)|准信|拍(?=照|图|视频|个|给|张)|准备好|上门|说一声|跟(?=[您你她他]说)|处理|安排/g,
    '',
  ],
]
/** Things that are owed as soon as they are taken on. */
const TAKE_ON: NotAfter[] = [
  [
    /问(?!题|候|卷|过|号|我)|查(?!收)|确认|核实|催|留(?!言|意|学|给我)|登记|申请|备注|转达|反馈|协调|跟进|调货|备货|盯(?=着|一下)|[出做](?=个?.{0,2}(?:方案|效果图|样图))/g,
    '',
  ],
]
const OURS: NotAfter = [/我们?|咱们?|店里|仓库|同事|师傅|这边|财务|厂家|店长/g, '']
const THEIRS: NotAfter = [
  /(?:您|你们?|她|他|客户|对方|顾客|先生|老公|太太|妈妈|朋友|系统|平台|短信|顺丰|快递|物流|包裹)(?![^，]{0,6}的)/g,
  '给帮跟和替为向对把告知诉发寄系复应送陪到于',
]

const POLITE =
  /不好意思|没问题|没事|没关系|不客气|[您你]好|[您你]放心|[您你]稍等|[您你]先忙|别着?急|别担心|麻烦稍等|不着急|没现?货了?|缺货|不错|嗯+/g
const POLITE_START = /(^|[^一-龥])(?:好的?|行|亲|那)(?=[,，我明后今下周晚帮])/g
const OVER =
  /昨[天晚]|前天|上周|上个?月|上次|刚才|刚刚|刚(?=[发寄给帮问查])|已经?(?!答应|承诺|说好|约好)|早就|以前|(?:^|我们?|[您你])之前|前[两几]天/
const NOT_SURE = /不确定|不一定|说不准|不敢|不保证|可能|也许|说不定|来不及/
const HOUSE_RULE = /一般|通常|平时|每[天次周月]|都是|默认|(?:拍下|(?:^|[^一])下单(?!号)|付款|付完|付了)[后完]?/
const IF = /如果|要是|假如|倘若|万一|的话/
const WHEN_THEY =
  /等[您你她他客]|(?:需要|喜欢|想要|有空|方便|考虑好|满意|收到)(?:了|后|时|的时候|再|就|给|我)|[您你](?:要|定|确定)(?:了|好)?(?:我|就|再)/
const ASKS = /[?？]|[吗么]$|^.{0,3}(?:需要|要)我/
const ASK_WORDS =
  /是不是|[能可]不[能可]以?|要不要|行不行|好不好|需不需要|有没有|什么时候|哪天|多久|(?:想知道|问).{0,8}[能会]/
/** Finding out for them is full of such words and is no question. */
const FINDS_OUT = /(?:我|帮(?:[您你她他]|客户)).{0,6}[问查看]|确认/
const ASKED_OF_US = /(?:让|要求|催|希望|叫|想让|问|要|请)(?:我们?|店里|尽快)|要求|请[您你]|麻烦[您你]|^请/
const THEY_SAID =
  /(?:^|[^跟和帮给替])(?:[她他您你]|客户|对方|顾客)(?:说|表示|讲|同意|答应|承诺|问|要求|想|催)(?!.{0,4}我)|^(?:说|表示|催|问我)/
const FIRM = /一定|保证|答应|承诺|说好|约好|会(?=[给把帮发寄通告联回])|我会|我来/
const EVENT =
  /到货|到了|有货|有现货|来货|补货|上架|上新|开售|出来|出结果|有结果|有消息|问到|问好|问清|查到|查好|确认好|确认后|核实后|做好|弄好|整理好|修好|降价|批下来|发货后|发出后|寄出后|回复后/
/** How soon “soon” is, in words that `findDate` reads. */
const SOON: [RegExp, string][] = [
  [/下班前|晚点|晚些|稍后|稍晚|一会儿?|待会儿?|等会儿?|等下|马上|立刻|立即|这就|过会儿?|尽量/, '今天'],
  [/中午/, '今天中午'],
  [/下午/, '今天下午'],
  [/晚上|傍晚/, '今天晚上'],
  [/尽快|尽早|回头|第一时间|及时/, '明天'],
  [/这[一]?两天|近两天|[一两]天内/, '2天后'],
  [/[这近过][几两]天|近期/, '3天后'],
  [/[这本]周内|周内/, '周五'],
]
const EVENT_DAYS = '3天后'
const AFTER_ACT = /^(?:货|出|给|好|完|到|过去|去|您|你|她|他|客户)*[了过](?!来|去)|^(?:好|完)|^.{0,3}不了/
/** What follows the act is where it goes: to us means that the customer does it. */
const TO_US = /^(?:一下|一声|下|个|给|到|过来|回来|来|图|照|片|尺寸)*(?:给|一下)?(?:我们?|咱们?)(?!的)/
const COMES_HERE = /^[^，]{0,6}(?:过来|回来|来$)/
const NOT_BEFORE = /(?:不|没|没法|无法|不用|不能|别|未|没有)[^，]{0,4}$/
const MAY = /可以|能(?!量)|可(?!能|爱)/
const MOST = 3

/**
 * Promises of ours in what a rep writes, to the customer or into a note: 明天发你, 到货通知您, 我帮您问下仓库. Rules over clauses, without a model: an act of ours,
 * ahead of us, to a time or an event, and neither asked, denied, over, the customer's, nor hanging on what the customer does. `now`: the moment of writing.
 * What it finds is a proposal that the rep confirms. Measured by promises.test.ts.
 */
export function findPromises(text: string, now: Date): FoundPromise[] {
  const found: FoundPromise[] = []
  for (const clause of clausesOf(text)) {
    const promise = promiseIn(clause, now)
    if (promise && !found.some(({ title }) => title === promise.title)) found.push(promise)
  }
  return found.slice(0, MOST)
}

/** Sentences by their commas; a clause that is a time or an event alone goes with the next one. A question mark stays. */
function clausesOf(text: string): string[] {
  const clauses: string[] = []
  for (const sentence of text.normalize('NFKC').match(/[^。！!；;\n?～~…]+[?]?/gu) ?? []) {
    let waiting = ''
    const parts = sentence.split(/[，,、]/u).map((part) => part.trim())
    const asks = /^(?:可以|好不好|行不行|行|好|方便)(?:吗|么|不)?\?$|^(?:好不好|行不行|可以吗)$/.test(
      parts.at(-1) ?? '',
    )
    for (const [at, part] of parts.entries()) {
      const whole = waiting === '' ? part : `${waiting},${part}`
      const bare = !hasAct(part) && (timeOnly(part) || (EVENT.test(part) && part.length <= 8))
      waiting = bare ? whole : ''
      if (!bare && part !== '') clauses.push(asks && at === parts.length - 2 ? `${whole}?` : whole)
    }
  }
  return clauses
}

const hasAct = (text: string): boolean => allNotAfter(text, [...DELIVER, ...TAKE_ON]).length > 0
const timeOnly = (part: string): boolean =>
  part.length <= 10 && /^(?:等|那|就)?(?:[今明后大]|下?下?周|这|周|月|\d|[一二三四五六七八九十]+[天号月周])/.test(part)

function promiseIn(clause: string, now: Date): FoundPromise | null {
  const said = clause
    .replaceAll(POLITE, '')
    .replaceAll(POLITE_START, '$1')
    .replace(/^[,\s]+/u, '')
  if (OVER.test(said) || NOT_SURE.test(said) || HOUSE_RULE.test(said)) return null
  if (
    ASKS.test(said) ||
    (ASK_WORDS.test(said) && !FINDS_OUT.test(said)) ||
    ASKED_OF_US.test(said) ||
    THEY_SAID.test(said)
  )
    return null
  const event = EVENT.exec(said)
  if (IF.test(said) && !event) return null
  const day = findDate(said, now)
  if (!day && WHEN_THEY.test(said)) return null
  const soon = SOON.find(([words]) => words.test(said))?.[1]
  const acts = [...matches(said, DELIVER, false), ...matches(said, TAKE_ON, true)].sort((a, b) => a.from - b.from)
  for (const act of acts) {
    if (!isOurs(said, act)) continue
    const happens = event !== null && event.index < act.from
    const firm = FIRM.test(said) || (act.takesOn && /我|帮[您你她他客]|跟.{1,4}申请/.test(said.slice(0, act.from)))
    if (!day && !soon && !happens && !firm) continue
    if (MAY.test(said.slice(0, act.from)) && !day && !happens) continue
    const due = day ? 'said' : happens ? 'event' : 'soon'
    const dueAt = day?.at ?? dueOf(happens ? EVENT_DAYS : (soon ?? '明天'), now)
    return { phrase: clause, title: titleOf(said), dueAt, due }
  }
  return null
}

interface Act {
  from: number
  end: number
  takesOn: boolean
}
const matches = (text: string, words: NotAfter[], takesOn: boolean): Act[] =>
  allNotAfter(text, words).map((found) => ({ ...found, takesOn }))

/** Whoever is named last before the act does it; nobody named: the rep who writes. */
function isOurs(said: string, { from, end }: Act): boolean {
  const [before, after] = [said.slice(0, from), said.slice(end)]
  if (AFTER_ACT.test(after) || TO_US.test(after) || NOT_BEFORE.test(before)) return false
  if (/给$|帮$/.test(before) && after.startsWith('我')) return false
  if (/(?:给|帮|替|跟|找|通知|联系)我们?$/.test(before)) return false
  const ours = last(before, OURS)
  const theirs = last(before, THEIRS)
  if (COMES_HERE.test(after) && ours < 0 && !/给[您你她他客]/.test(before)) return false
  return theirs < 0 || ours > theirs
}

const last = (text: string, words: NotAfter): number => allNotAfter(text, [words]).at(-1)?.from ?? -1

/** 今天 is over after six: then tomorrow morning. */
function dueOf(words: string, now: Date): Date {
  const at = findDate(words, now)?.at
  const tomorrow = new Date((Math.floor((now.getTime() + SHOP_MS) / DAY_MS) + 1) * DAY_MS + 10 * 3_600_000 - SHOP_MS)
  return at ?? tomorrow
}

const TITLE_MOST = 60

/** As a task says it to oneself: without 我, the customer by that name. */
function titleOf(said: string): string {
  return said
    .replace(/^.*?(?:答应|承诺|说好|约好|跟[她他您你]说(?=.))(?:了)?(?:[她他您你](?!家)|客户)?/u, '')
    .replaceAll(/[您你她他](?!们)/gu, '客户')
    .replaceAll(/(^|[^给帮跟和替为向对])我们?(?:这边)?/gu, '$1')
    .replace(/^这边/u, '')
    .replaceAll(/[哈哦呢啦呀哟嘛吧噢]+$/gu, '')
    .replaceAll(',', '，')
    .trim()
    .slice(0, TITLE_MOST)
}
