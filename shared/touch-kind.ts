const WORDS =
  /优惠|满减|满\s*\d+\s*[元块]?\s*[减送]|专享|折扣|[一二三四五六七八九\d.]+\s*折|促销|秒杀|特价|清仓|大促|福利|红包|领券|优惠券|代金券|抢购|限时|上新|新品|新款|到店礼|赠品|买一送|第二件|拼团|预售|双十一|双11|618|会员日|\bsale\b|\b\d+% off\b|discount|coupon|new arrival/iu

/** The words by which a message sells something; null where it does not: it is an answer, or service. */
export const promotionIn = (text: string): string | null => WORDS.exec(text)?.[0] ?? null
