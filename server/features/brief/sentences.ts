/** What a clause of a note speaks of: what not to do, how to speak with them, what they need; null: of neither. */
export type Speaks = 'donts' | 'tone' | 'needs'

/** 别 as “do not” only before what one would not do: not in 特别, 区别, 别的, 别人. */
const BIE =
  '(?<![特区分个级类告性])别(?=再|老|总|给|打|发|推|催|提|用|寄|送|放|说|问|联系|群发|加我|把|一直|在|太早|太晚|去)'
const DONTS = new RegExp(
  [
    BIE,
    '(?<![要还])不要(?!紧|求|了吗|钱)',
    '不用(?:再|打|发|联系|回访|电话|寄|送)',
    '不想(?:再|收|被|要|接|听|聊)',
    '不再(?:推|发|联系|打)',
    '不(?:太|是很|怎么|大)?(?:喜欢|爱|吃|穿|收|习惯|接受)(?!的?吗)',
    '不接(?:电话|语音|视频)',
    '不(?:方便|能)(?:接|收|打|吃|碰|用|穿|送|寄|退|来电)',
    '讨厌|反感|嫌|拉黑|拒收|勿|免打扰|过敏|忌口|忌讳|没兴趣|不感兴趣',
    '怕(?:毛|扎|痒|热|晒|烫|辣|吵|重|被打扰|打扰|麻烦)',
  ].join('|'),
  'u',
)
const TONE = new RegExp(
  [
    '(?:喜欢|爱|习惯|希望|想)(?:提前|直接|先(?:看|知道|问)|文字|打字|语音|视频|看图|发图|发微信|微信|被叫|别人叫|叫|慢慢|自己看)',
    '(?:回复|回消息|回信息|回得|回的)(?:很|比较|挺|都)?(?:快|慢|晚|及时|少)|秒回',
    '(?:晚上|中午|早上|上午|下午|下班后?|周末|午休|白天|[一二三四五六七八九十\\d]+点(?:以?后|以?前)?).{0,4}(?:回|联系|方便|有空|在线|打电话|看手机)',
    '话(?:不多|少|多)|健谈|爽快|直爽|客气|慢热|性子急|急性子|要耐心|有耐心|不爱说话|说话|语气|叫(?:她|他).{1,6}|称呼',
  ].join('|'),
  'u',
)
const WHOM =
  '孩子|女儿|儿子|先生|老公|老婆|太太|妈妈?|爸爸?|父母|外婆|外公|奶奶|爷爷|同事|朋友|闺蜜|长辈|老师|客户|男友|女友|妹妹|弟弟|姐姐|哥哥'
const NEEDS = new RegExp(
  [
    '喜欢|偏爱|钟意|感兴趣|有兴趣|看中|看上|在看|最近看|想(?:要|买|看|找|换|配|送|试|摸|订|定|给)|(?<!不)要(?:买|给|送|配|订|定|[\\d一两三几][\\d十]*\\s*[个件条套只双盒份瓶块])|还要|需要|预算|打算',
    '尺码|[xsml\\d]+\\s*码|偏(?:大|小|紧|松|长|短)|身高|体重|脚长',
    `(?:送|给)(?:给)?(?:${WHOM})|生日|纪念日|婚礼|结婚|满月|乔迁|搬(?:新|了)?家|新房|装修|年会|伴手礼|圣诞|春节|中秋|母亲节|情人节|双\\s?1[12]`,
    '怀孕|孕|宝宝|出差|旅行|等(?:到货|上新|降价|活动)|问(?:过|了|到)?.{0,16}(?:能不能|可不可以|有没有|有无|多少|怎么|发票|吗)',
  ].join('|'),
  'iu',
)

/** Both about us rather than them: a rep's own step is no need of the customer's. */
const OURS = /^(?:已|我|先帮|帮[她他]|给[她他]|跟[她他]说|约)/u

export function speaksOf(clause: string): Speaks | null {
  if (DONTS.test(clause)) return 'donts'
  if (TONE.test(clause)) return 'tone'
  if (NEEDS.test(clause) && !OURS.test(clause)) return 'needs'
  return null
}

const SENTENCE = /[^。！？；;!?\n]+/gu
const CLAUSE = /[^，,]+/gu

/**
 * What a note says of needs, of manner and of what not to do, in its own words: each sentence in runs of clauses that speak of the same thing; a clause that speaks
 * of nothing stays with the one before it (“等双 12 价” with what is waited for), and the first of a sentence with the one after it.
 */
export function sayingsOf(body: string): { speaks: Speaks; text: string }[] {
  return (body.match(SENTENCE) ?? []).flatMap((sentence) => {
    const runs: { speaks: Speaks | null; clauses: string[] }[] = []
    for (const raw of sentence.match(CLAUSE) ?? []) {
      const clause = raw.trim()
      if (clause === '') continue
      const speaks = speaksOf(clause)
      const last = runs.at(-1)
      if (last && (speaks === null || last.speaks === null || speaks === last.speaks)) {
        last.clauses.push(clause)
        last.speaks ??= speaks
      } else runs.push({ speaks, clauses: [clause] })
    }
    return runs.flatMap(({ speaks, clauses }) => (speaks ? [{ speaks, text: clauses.join('，') }] : []))
  })
}

/** At most so many characters, as people count them. */
export function cutText(text: string, most: number): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ').trim()]
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}
