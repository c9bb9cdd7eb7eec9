/** The hundred commonest family names, less those that are everyday words before a title. */
const FAMILY =
  '王李张刘陈杨赵黄吴徐孙朱胡郭何林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范汪廖石贾韦付邹熊孟秦邱侯江尹薛阎雷龙黎史陶贺郝顾龚邵覃武钱戴严莫孔汤'
const TITLED = `[${FAMILY}]\\p{Script=Han}{0,2}?(?:先生|女士|小姐|太太|阿姨|叔叔|老师|经理|店长|老板|主任|医生)`
const SHORT = `[${FAMILY}](?:姐|哥|总(?![是价共计结有会部能之的体算])|叔|姨)`
const NAMED = `(?:客户|顾客|会员|同事|姓名|名字|叫|找|给)(?:是|叫|:|：)?([${FAMILY}]\\p{Script=Han}{1,2})(?=[的,，。:：!！?？\\s、买说要会在也帮带和跟能去来很是都就]|$)`

/** Who is named in a text: by title (王女士, 陈总), or after a word that a name follows. Guesses on the side of taking a word for a name. */
export const personsIn = (text: string): string[] => [
  ...(text.match(new RegExp(`${TITLED}|${SHORT}`, 'gu')) ?? []),
  ...[...text.matchAll(new RegExp(NAMED, 'gu'))].map((match) => match[1]!),
]
