/**
 * What a refusal says about an address. `hard`: nobody is there. `soft`: somebody is, but not now
 * (full, out of order). `policy`: they did not want this mail or this sender; the address lives.
 */
export type BounceKind = 'hard' | 'soft' | 'policy';

export interface Refusal {
  /** RFC 3463: `5.1.1`; null when there is none. */
  readonly status: string | null;
  /** What the server said, in whatever language. */
  readonly text: string;
}

interface Sign {
  readonly kind: BounceKind;
  readonly says: RegExp;
}

/** Read in order: a full mailbox is often reported as 550, a policy often names the user. */
const SIGNS: readonly Sign[] = [
  {
    kind: 'soft',
    says: /(?:mailbox|account|user|inbox|quota)[^.\n]{0,40}(?:is|are|was|has been)?\s*(?:full|exceed|over ?quota)|over(?:\s|-)?quota|quota exceeded|insufficient (?:disk|system) (?:space|storage)|not enough (?:disk )?space|mailbox is full|容量(?:が|を)?(?:いっぱい|超過|オーバー|一杯)|メールボックスが(?:いっぱい|一杯)/i,
  },
  {
    kind: 'hard',
    says: /unknown user|user (?:is )?unknown|no such (?:user|mailbox|recipient|person|address|account)|(?:user|mailbox|recipient|address|account)[^.\n]{0,60}(?:does(?: not|n['’]t) exist|not found|unavailable or not found|unknown)|invalid (?:recipient|mailbox|user|address)|recipient (?:address )?rejected: (?:user|undeliverable|unknown)|(?:mailbox|account|user)[^.\n]{0,40}(?:disabled|deactivated|inactive|closed|no longer)|not (?:a )?(?:valid|known) (?:mailbox|recipient|user)|unroute?able address|non-existent hosts|find any host named|no mailbox here|mailbox (?:is )?unavailable|user doesn['’]t have an? |not listed in|recipient not found|recipient (?:address )?rejected: access denied|dns error: domain name not found|(?:host|domain)[^.\n]{0,40}(?:unknown|not found|does not exist)|(?:unknown|no such) (?:host|domain)|(?:宛先|あて先|送信先|アドレス|受信者|ユーザー?)[^。\n]{0,40}(?:見つかりません|存在しません|存在しない|不明|誤り)/i,
  },
  {
    kind: 'policy',
    says: /spam|blocked|blacklist|block ?list|black ?list|denied|dmarc|\bspf\b|\bdkim\b|reputation|policy|unsolicited|prohibited|not authori[sz]ed|受信拒否|迷惑メール|指定受信/i,
  },
  {
    kind: 'soft',
    says: /try again|temporar|deferred|greylist|timed? ?out|too many|rate limit|busy|一時的/i,
  },
];

/** RFC 3463 by class and subject, where the text says nothing that we know. */
function kindOfStatus(status: string): BounceKind {
  const [severity, subject, detail] = status.split('.');
  if (severity === '4') return 'soft';
  if (subject === '1') return detail === '7' || detail === '8' ? 'policy' : 'hard';
  if (subject === '2') return detail === '3' ? 'policy' : 'soft';
  if (subject === '4') return 'soft';
  // 5.0.0 says "no" and nothing else: not enough to strike an address off.
  return subject === '0' ? 'soft' : 'policy';
}

const REPLY_FOR_NOW = /(?:^|said:|;)\s*4\d\d[\s-]/i;

export function bounceKind({ status, text }: Refusal): BounceKind {
  const known = status ?? statusIn(text);
  // 5.7.x is a judgement about us, whatever words come with it; 4.x.x is never for good.
  if (known?.startsWith('5.7.')) return 'policy';
  if (known?.startsWith('4.')) return 'soft';
  // The words of a refusal for now are often those of one for good.
  if (!known && REPLY_FOR_NOW.test(text)) return 'soft';
  const sign = SIGNS.find(({ says }) => says.test(text));
  if (sign) return sign.kind;
  if (known) return kindOfStatus(known);
  return /\b4\d\d\b/.test(text) ? 'soft' : 'policy';
}

export const statusIn = (text: string): string | null =>
  /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1] ?? null;
