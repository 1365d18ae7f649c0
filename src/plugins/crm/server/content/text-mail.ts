import type { ShellTexts } from './email-shell';

export interface TextMailFrame {
  readonly siteName: string;
  readonly webUrl: string | null;
  readonly texts: ShellTexts;
  readonly organisation: { readonly name: string; readonly postalAddress: string };
  readonly unsubscribeUrl: string;
  readonly preferencesUrl: string;
}

const RULE = '─'.repeat(24);

/** The text part of a mail: the blocks, then what the law wants to stand below them. */
export function textMail(blocks: readonly string[], frame: TextMailFrame): string {
  const { texts, organisation } = frame;
  return [
    frame.siteName,
    ...(frame.webUrl === null ? [] : [`${texts.web}\n${frame.webUrl}`]),
    ...blocks.filter((block) => block !== ''),
    [
      RULE,
      texts.why,
      '',
      texts.unsubscribe,
      frame.unsubscribeUrl,
      texts.preferences,
      frame.preferencesUrl,
      '',
      organisation.name,
      organisation.postalAddress,
      texts.contact,
    ].join('\n'),
  ].join('\n\n');
}

/** An SMS is paid by its length: no rules, no empty lines, but who writes and how to stop it. */
export function smsText(blocks: readonly string[], frame: TextMailFrame): string {
  const { siteName, texts, unsubscribeUrl } = frame;
  const words = blocks
    .filter((block) => block !== '')
    .map((block) => block.replace(/\n{2,}/g, '\n'));
  return [`【${siteName}】`, ...words, `${texts.unsubscribe}: ${unsubscribeUrl}`].join('\n');
}
