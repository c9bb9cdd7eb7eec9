import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** A moment in time, stored as timestamptz, read as Date. */
export const instant = () => timestamp({ withTimezone: true })

/** An amount in hundredths of its currency. Sums stay exact well past any shop's lifetime. */
export const fen = () => bigint({ mode: 'number' })

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
