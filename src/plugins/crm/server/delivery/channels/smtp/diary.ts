/** How each server does, written down now and then, for the health page and for all nodes. */
import type { Core } from '@strapi/strapi';

import { database } from '../../../kernel';

import { noteFailing, noteTaking } from '../../store/mail-servers';

/** Thousands of mails a minute need no thousand notes. */
const AGAIN_MS = 15_000;

interface Noted {
  readonly at: number;
  readonly isFine: boolean;
}

export class ServerDiary {
  private readonly noted = new Map<string, Noted>();
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly strapi: Core.Strapi) {}

  /** Returns at once: no mail waits for a note. */
  note(key: string, problem: string | null, now: number): void {
    const before = this.noted.get(key);
    const isFine = problem === null;
    if (before?.isFine === isFine && Math.abs(now - before.at) < AGAIN_MS) return;
    this.noted.set(key, { at: now, isFine });
    const db = database(this.strapi);
    const write = () =>
      problem === null ? noteTaking(db, key, now) : noteFailing(db, key, problem, now);
    this.writing = this.writing.then(write).catch((error: unknown) => {
      this.noted.delete(key);
      this.strapi.log.warn(`crm: how mail server ${key} does was not noted: ${String(error)}`);
    });
  }

  /** Resolves when everything noted so far is written. */
  async written(): Promise<void> {
    await this.writing;
  }
}
