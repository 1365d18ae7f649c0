import { chunked, sha256, type Database } from '../../kernel';

export interface LinkRow {
  readonly id: number;
  readonly campaign_id: number;
  readonly key: string;
  readonly url: string;
}

export const linkFingerprint = (link: { key: string; url: string }): string =>
  sha256(`${link.key}\n${link.url}`);

/** Stores what a campaign links to, once, and gives the number of each by its fingerprint. */
export async function storeLinks(
  db: Database,
  campaignId: number,
  links: readonly { readonly key: string; readonly url: string }[],
): Promise<Map<string, number>> {
  for (const part of chunked(links)) {
    await db('crm_links')
      .insert(
        part.map(({ key, url }) => ({
          campaign_id: campaignId,
          key: key.slice(0, 255),
          url,
          fingerprint: linkFingerprint({ key, url }),
        })),
      )
      .onConflict(['campaign_id', 'fingerprint'])
      .ignore();
  }
  const rows: { id: number; fingerprint: string }[] = await db('crm_links')
    .where({ campaign_id: campaignId })
    .select('id', 'fingerprint');
  return new Map(rows.map((row) => [row.fingerprint, Number(row.id)]));
}

export async function findLink(db: Database, id: number): Promise<LinkRow | null> {
  const row: LinkRow | undefined = await db('crm_links').where({ id }).first();
  return row ?? null;
}

export async function countLinks(db: Database, campaignId: number): Promise<number> {
  const rows: { links?: number | string }[] = await db('crm_links')
    .where({ campaign_id: campaignId })
    .count('* as links');
  return Number(rows[0]?.links ?? 0);
}
