import { appendFile, mkdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import PostalMime, { type Email } from 'postal-mime';
import { ulid } from 'ulid';
import { z } from 'zod';

const summarySchema = z.object({
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  /** The envelope, as SMTP named it. */
  mailFrom: z.string(),
  rcptTo: z.array(z.string()),
  /** The header, as the reader sees it. */
  from: z.string(),
  subject: z.string(),
  receivedAt: z.string(),
  bytes: z.number(),
});

/** One line of the list. */
export type MailSummary = z.infer<typeof summarySchema>;

/** A mail as it came in. */
export interface IncomingMail {
  mailFrom: string;
  rcptTo: string[];
  raw: Buffer;
}

/** What a list is asked for: the newest `limit` mails that contain `text` or went to `to`. */
export interface MailQuery {
  text?: string;
  to?: string;
  limit: number;
}

function addressLine(email: Email): string {
  const from = email.from;
  if (!from) return '';
  const address = from.address ?? '';
  return from.name ? `${from.name} <${address}>` : address;
}

/** Lines cut off by a crash are passed over: their .eml stays on disk, unlisted. */
async function readIndex(file: string): Promise<MailSummary[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      const parsed = summarySchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

function matches(mail: MailSummary, query: MailQuery): boolean {
  const recipients = mail.rcptTo.join(' ').toLowerCase();
  if (query.to && !mail.rcptTo.some((address) => address.toLowerCase() === query.to?.toLowerCase()))
    return false;
  const wanted = query.text?.toLowerCase();
  return (
    !wanted ||
    [mail.subject, mail.from, recipients].some((field) => field.toLowerCase().includes(wanted))
  );
}

/** Mails on disk: one .eml each and an index that is appended to, so a restart keeps them. */
export class MailStore {
  private readonly mails = new Map<string, MailSummary>();

  private constructor(private readonly directory: string) {}

  static async open(directory: string): Promise<MailStore> {
    const store = new MailStore(directory);
    await mkdir(directory, { recursive: true });
    for (const mail of await readIndex(store.indexFile)) store.mails.set(mail.id, mail);
    return store;
  }

  private get indexFile(): string {
    return path.join(this.directory, 'index.jsonl');
  }

  private fileOf(id: string): string {
    return path.join(this.directory, `${id}.eml`);
  }

  async add({ mailFrom, rcptTo, raw }: IncomingMail): Promise<void> {
    const email = await PostalMime.parse(raw);
    const mail = {
      id: ulid(),
      mailFrom,
      rcptTo,
      from: addressLine(email),
      subject: email.subject ?? '',
      receivedAt: new Date().toISOString(),
      bytes: raw.length,
    };
    await writeFile(this.fileOf(mail.id), raw);
    await appendFile(this.indexFile, `${JSON.stringify(mail)}\n`);
    this.mails.set(mail.id, mail);
  }

  /** Newest first. */
  list(query: MailQuery): MailSummary[] {
    const found: MailSummary[] = [];
    for (const mail of [...this.mails.values()].reverse()) {
      if (found.length >= query.limit) break;
      if (matches(mail, query)) found.push(mail);
    }
    return found;
  }

  count(): number {
    return this.mails.size;
  }

  summary(id: string): MailSummary | undefined {
    return this.mails.get(id);
  }

  async raw(id: string): Promise<Buffer | undefined> {
    return this.mails.has(id) ? readFile(this.fileOf(id)).catch(() => undefined) : undefined;
  }

  async parsed(id: string): Promise<Email | undefined> {
    const raw = await this.raw(id);
    return raw && PostalMime.parse(raw);
  }

  async remove(id: string): Promise<boolean> {
    if (!this.mails.delete(id)) return false;
    await unlink(this.fileOf(id)).catch(() => undefined);
    const lines = [...this.mails.values()].map((mail) => `${JSON.stringify(mail)}\n`);
    await writeFile(this.indexFile, lines.join(''));
    return true;
  }

  async clear(): Promise<void> {
    this.mails.clear();
    await rm(this.directory, { recursive: true, force: true });
    await mkdir(this.directory, { recursive: true });
  }
}
