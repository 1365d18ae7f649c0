import { randomInt } from 'node:crypto';

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** What is looked up: neither half alone finds anything. */
export const codeToken = (challenge: string, code: string): string => `${challenge}:${code}`;
