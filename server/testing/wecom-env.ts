import type { Settings } from '../../simulator/create.ts'

/** The settings, by their names in the environment, with which the product speaks to a pretend WeCom. */
export const wecomEnv = (pretend: Settings): Record<string, string> => ({
  WECOM_API_BASE: pretend.apiBase,
  WECOM_OAUTH_BASE: pretend.oauthBase,
  WECOM_CORP_ID: pretend.corpId,
  WECOM_AGENT_ID: String(pretend.agentId),
  WECOM_SECRET: pretend.secret,
  WECOM_CALLBACK_TOKEN: pretend.callbackToken,
  WECOM_CALLBACK_AES_KEY: pretend.callbackAesKey,
})
