import type { Cells } from '../../customers';
import { consentChannels, type ConsentChannel } from '../../../shared/consent';

const YES =
  /^(?:1|true|yes|y|on|ok|opted[ _-]?in|subscribed|はい|可|許諾|同意|希望|希望する|配信|有|○|◯|〇)$/i;
const NO =
  /^(?:0|false|no|n|off|ng|opted[ _-]?out|unsubscribed|いいえ|不可|拒否|不同意|希望しない|停止|配信停止|complained|spammed|無|×|✕)$/i;
/** A bounced address, an unanswered confirmation: nobody has said anything. */
const UNKNOWN =
  /^(?:unknown|pending|bounced|cleaned|transactional|non[ _-]?subscribed|不明|未設定|-|－)?$/i;

const columnOf: Readonly<Record<ConsentChannel, string>> = {
  email: 'consentEmail',
  line: 'consentLine',
  sms: 'consentSms',
  postal: 'consentPostal',
};

/** True or false as said, null when the cell says nothing, undefined when it cannot be read. */
export function readAnswer(text: string | undefined): boolean | null | undefined {
  const answer = (text ?? '').trim();
  if (UNKNOWN.test(answer)) return null;
  if (YES.test(answer)) return true;
  return NO.test(answer) ? false : undefined;
}

/** Columns whose answer cannot be read. */
export function unreadableAnswers(cells: Cells): string[] {
  return Object.values(columnOf).filter((column) => readAnswer(cells[column]) === undefined);
}

/** What a row says, by channel; channels it says nothing about are left out. */
export function answersOf(cells: Cells): { channel: ConsentChannel; granted: boolean }[] {
  return consentChannels.flatMap((channel) => {
    const granted = readAnswer(cells[columnOf[channel]]);
    return typeof granted === 'boolean' ? [{ channel, granted }] : [];
  });
}
