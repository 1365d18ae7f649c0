/** The demo's mailbox as its owner reads it. */
import { expect } from 'vitest';
import { z } from 'zod';

import type { DemoSummary } from '../demo/demo-process';

const listed = z.object({ id: z.string() });
const listSchema = z.union([
  z.array(listed),
  z.looseObject({ messages: z.array(listed) }).transform(({ messages }) => messages),
]);
const mailSchema = z.looseObject({
  id: z.string(),
  receivedAt: z.string(),
  subject: z.string(),
  text: z.string().optional(),
  html: z.string().optional(),
});
export type Mail = z.output<typeof mailSchema>;

export interface Mailbox {
  /** The newest mail to this address; waits for it to come. */
  newest(to: string, subject?: RegExp): Promise<Mail>;
  /** How many mails to this address are there now, of those with such a subject. */
  count(to: string, subject?: RegExp): Promise<number>;
  raw(id: string): Promise<string>;
}

export function mailboxOf({ mailbox }: DemoSummary): Mailbox {
  const get = async (path: string): Promise<unknown> => (await fetch(mailbox + path)).json();
  const list = async (to: string) =>
    listSchema.parse(await get(`/api/messages?to=${encodeURIComponent(to)}`));
  const read = async (id: string) => mailSchema.parse(await get(`/api/messages/${id}`));

  return {
    async newest(to, subject = /./) {
      let found: Mail | undefined;
      await expect
        .poll(
          async () => {
            for (const { id } of await list(to)) {
              const mail = await read(id);
              if (!subject.test(mail.subject)) continue;
              found = mail;
              return true;
            }
            return false;
          },
          { timeout: 90_000, interval: 200, message: `a mail to ${to} about ${subject}` },
        )
        .toBe(true);
      return mailSchema.parse(found);
    },
    async count(to, subject = /./) {
      const mails = await Promise.all((await list(to)).map(({ id }) => read(id)));
      return mails.filter((mail) => subject.test(mail.subject)).length;
    },
    raw: async (id) => (await fetch(`${mailbox}/api/messages/${id}/raw`)).text(),
  };
}

/** The first link of a mail whose address matches. */
export function linkIn(mail: Mail, pattern: RegExp): string {
  const links = (mail.text ?? '').match(/https?:\/\/[^\s<>"]+/g) ?? [];
  const link = links.find((candidate) => pattern.test(candidate));
  if (!link) throw new Error(`No link like ${pattern} in: ${links.join(' ')}`);
  return link;
}

/** The address of the one-click header (RFC 8058) of a raw mail. */
export function oneClickLink(raw: string): string {
  const unfolded = raw.replace(/\r?\n[ \t]+/g, ' ');
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
  return /^List-Unsubscribe: <([^>]+)>/im.exec(unfolded)?.[1] ?? '';
}
