import type { Sql } from 'postgres'

/** A WeCom customer and the member number under which the shop's own system knows them. */
export interface BuyerLink {
  customerId: string
  memberNumber: string
}

/**
 * Ties WeCom customers to buyers of one source by member number, and answers how many member numbers were known. A customer nobody has
 * opened yet gets a bare row, which the first opening fills from WeCom.
 */
export async function linkBuyers(sql: Sql, source: string, links: readonly BuyerLink[]): Promise<number> {
  const rows = JSON.stringify(links)
  const linked = await sql`
    insert into customers (id, name, type, buyer_id)
    select link."customerId", '', case when link."customerId" like 'wo%' then 2 else 1 end, buyers.id
    from json_to_recordset(${rows}::text::json) as link ("customerId" text, "memberNumber" text)
    join buyers on buyers.source = ${source} and buyers.member_number = link."memberNumber"
    on conflict (id) do update set buyer_id = excluded.buyer_id`
  return linked.count
}
