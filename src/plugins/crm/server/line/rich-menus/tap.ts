import type { Core } from '@strapi/strapi';

import { wallClock } from '../../../shared/site-time';
import { clock, crmConfig, database, type Database } from '../../kernel';
import { readTap, saidBy, tapPath } from '../domain/rich-menu';
import { countTap, findMenu } from '../store';
import { linkWord } from './publish';

async function count(
  strapi: Core.Strapi,
  db: Database,
  menu: string,
  place: number,
): Promise<void> {
  const day = wallClock(clock(strapi).now(), crmConfig(strapi).timeZone);
  await countTap(db, { menu, place, day: day.toISOString().slice(0, 10) });
}

/** A tap on a field that speaks for her. */
export interface SpokenTap {
  readonly said: string;
  /** In the transaction in which the tap is done: an event that comes again counts once. */
  count(trx: Database): Promise<void>;
}

/** Null: this postback came from no field of ours. */
export async function spokenTap(strapi: Core.Strapi, data: string): Promise<SpokenTap | null> {
  const tap = readTap(data);
  const menu = tap && (await findMenu(strapi, tap.documentId));
  const field = menu?.design.fields[tap?.place ?? -1];
  const said = field ? saidBy(field.action, linkWord(strapi)) : null;
  if (!tap || said === null) return null;
  return { said, count: (trx) => count(strapi, trx, tap.documentId, tap.place) };
}

/** Where the field leads; null: no such field, or it leads nowhere. `counted`: a person asks. */
export async function pageOfTap(
  strapi: Core.Strapi,
  { menu: documentId, place }: { menu: string; place: number },
  counted: boolean,
): Promise<string | null> {
  const action = (await findMenu(strapi, documentId))?.design.fields[place]?.action;
  if (action?.type !== 'open') return null;
  if (counted) await count(strapi, database(strapi), documentId, place);
  const { publicUrl } = crmConfig(strapi);
  const to = new URL(action.url, publicUrl);
  // A field that leads to its own address would go round for ever.
  return to.pathname === tapPath(documentId, place) ? publicUrl : to.toString();
}
