/** Our own code for "no answer": a network failure, a time-out, or an answer that is not WeCom's. */
export const NO_ANSWER = -1000

/** What a code means and what to do about it: `[cause, advice]`. Source: server-api.md §1.4. */
const WORDS: Record<number, readonly [cause: string, advice: string]> = {
  [NO_ANSWER]: ['暂时连不上企业微信', '请稍后再试'],
  [-1]: ['企业微信系统繁忙', '请稍后再试'],
  6000: ['企业微信里同时有别人在改这项资料', '请再试一次'],
  40001: ['应用的 Secret 不对，或已被重置、停用', '请管理员核对 WECOM_SECRET'],
  40003: ['企业微信里没有这位成员，可能已离职', '请管理员核对成员状态'],
  40013: ['企业 ID 不对', '请管理员核对 WECOM_CORP_ID'],
  40014: ['调用企业微信的凭证刚刚失效', '请再试一次'],
  40029: ['登录凭证无效或已用过', '请重新登录'],
  40056: ['应用的 AgentId 不对', '请管理员核对 WECOM_AGENT_ID'],
  40058: ['提交给企业微信的内容不合规定', '请检查长度和格式后再试'],
  40068: ['这个标签在企业微信里已不存在', '请刷新标签后重新选择'],
  40071: ['同一组里已有同名标签', '请换一个名字，或直接使用已有的标签'],
  40072: ['标签名为空或太长', '请改成 1 到 30 个字'],
  40096: ['企业微信不认识这位客户，或跟进人不在应用的可见范围内', '请管理员核对应用的可见范围'],
  40097: ['这位成员还没有离职', '在职成员请用在职移交'],
  40098: ['接手的成员没有实名', '请 TA 在企业微信里完成实名'],
  40099: ['接手的成员客户数已到上限', '请换一位成员，或为 TA 扩容'],
  40100: ['客户正在移交中', '请等移交完成'],
  40126: ['企业标签数量已到上限', '请管理员清理不用的标签'],
  40128: ['这位客户 90 天内已移交过两次', '请过些天再移交'],
  40129: ['客户正在移交中', '请等移交完成'],
  40130: ['不能移交给同一个人', '请换一位成员'],
  40131: ['TA 已不是原跟进人的客户', '请刷新后再选'],
  40143: ['成员的客户联系功能被封禁', '请在企业微信后台查看原因'],
  40205: ['成员一年没有登录过企业微信', '请 TA 先登录'],
  41001: ['调用企业微信时缺少凭证', '请联系技术支持'],
  42001: ['调用企业微信的凭证刚刚过期', '请再试一次'],
  42003: ['登录凭证已过期', '请重新登录'],
  42012: ['签名票据不属于这个应用', '请管理员核对 WECOM_AGENT_ID 与 WECOM_SECRET 是否同属一个应用'],
  42022: ['登录凭证已用过', '请重新登录'],
  45009: ['调用企业微信的次数到了上限', '请过一会儿再试'],
  45033: ['同时调用企业微信的人太多', '请稍后再试'],
  48002: ['应用没有调用这个接口的权限', '请管理员把应用加入「客户联系 → 可调用接口的应用」'],
  50001: ['登录的网址与应用的可信域名不一致', '请管理员核对可信域名（含端口）与 PUBLIC_URL'],
  50003: ['应用已被停用', '请管理员在企业微信后台启用'],
  60011: ['应用无权操作这个成员、部门或标签', '请管理员核对应用的可见范围；不是本应用创建的标签不能改'],
  60020: ['服务器的 IP 不在企业可信 IP 里', '请管理员在应用的「企业可信IP」中加入'],
  60111: ['这位成员不存在，或不在应用的可见范围内', '请管理员把 TA 加入应用的可见范围'],
  80001: ['可信域名有问题', '请管理员在应用设置里重新校验可信域名'],
  81011: ['没有权限修改这个标签', '请管理员在企业微信后台修改'],
  84061: ['TA 已不是你的客户', '请在企业微信里确认仍是好友后再试'],
  84074: ['你没有「客户联系」权限', '请管理员把你加入客户联系的使用范围'],
  85005: ['可信域名还没有验证归属', '请管理员完成域名归属验证'],
  301002: ['AgentId 与 Secret 不属于同一个应用', '请管理员核对 WECOM_AGENT_ID 与 WECOM_SECRET'],
}

const AGAIN = new Set([-1, 6000, 45033, NO_ANSWER])

/** Codes after which the same request may simply be sent once more. */
export const worthRetrying = (errcode: number): boolean => AGAIN.has(errcode)

/** This host's address is not among those the app may call from: nothing works until an admin has added it. */
export const UNTRUSTED_IP = 60020

/** Codes that pass by themselves, or once an admin has put it right: the caller may try later, and what was saved waits. */
export const isBusy = (errcode: number): boolean => AGAIN.has(errcode) || errcode === 45009 || errcode === UNTRUSTED_IP

/** One Chinese sentence: cause, advice and the code. For 60020 it names the address to add, which only WeCom knows. */
export function inWords(errcode: number, errmsg = ''): string {
  const [cause, advice] = WORDS[errcode] ?? ['企业微信拒绝了这次操作', '请稍后再试，仍不行请把错误码告诉管理员']
  const ip = errcode === 60020 ? egressIp(errmsg) : undefined
  return `${cause}，${advice}${ip ? ` ${ip} ` : ''}（错误码 ${errcode}）`
}

/** `…, from ip: 203.0.113.25, more info…`: shown, never decided upon. */
function egressIp(errmsg: string): string | undefined {
  return /from ip: ([0-9a-f.:]{3,45})(?=[,\s]|$)/i.exec(errmsg)?.[1]
}
