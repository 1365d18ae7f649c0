/** Says in one sentence who sees something. Pure: texts and names are given. */
import type { Access, AccessChoices, Audience, BlockAudience } from '../../shared/access';
import { UTM_KEYS } from '../../shared/context-rule';
import type { Text } from '../ui';
import type { AccessKey } from './text';

export interface Speaker {
  readonly text: Text<AccessKey>;
  readonly choices: AccessChoices;
  date(instant: string): string;
}

const names = (speaker: Speaker, keys: readonly string[], options: AccessChoices['tiers']) =>
  keys
    .map((key) => options.find((option) => option.value === key)?.label ?? key)
    .join(speaker.text('access.say.name-or'));

export function sayAudience(speaker: Speaker, audience: Audience): string {
  const { text, choices } = speaker;
  switch (audience.type) {
    case 'tiers':
      return text('access.say.tiers', { names: names(speaker, audience.keys, choices.tiers) });
    case 'plans':
      return text('access.say.plans', { names: names(speaker, audience.keys, choices.plans) });
    case 'segments':
      return text('access.say.segments', { names: names(speaker, audience.ids, choices.segments) });
    case 'rule':
      return text('access.say.rule', { names: names(speaker, [audience.id], choices.rules) });
    case 'experiment':
      return text('access.say.experiment', {
        name: names(speaker, [audience.id], choices.experiments),
        letters: audience.variants.map((key) => key.toUpperCase()).join(text('access.say.name-or')),
      });
    case 'context':
      return contextParts(speaker, audience).join(text('access.say.and'));
    case 'joined':
      return joinedParts(speaker, audience).join(text('access.say.and'));
    case 'and':
    case 'or':
      return audience.of
        .map((part) => sayAudience(speaker, part))
        .join(text(`access.say.${audience.type}`));
    case 'not':
      return text('access.say.not', { who: sayAudience(speaker, audience.of) });
    default:
      return text(`access.say.${audience.type}`);
  }
}

const hasName = (language: string): language is 'ja' | 'en' =>
  language === 'ja' || language === 'en';

const languageName = ({ text }: Speaker, language: string): string =>
  hasName(language) ? text(`access.language.${language}`) : language;

function contextParts(speaker: Speaker, rule: Extract<Audience, { type: 'context' }>): string[] {
  const { text } = speaker;
  const or = text('access.say.name-or');
  const parts: string[] = [];
  if (rule.devices) {
    const list = rule.devices.map((device) => text(`access.device.${device}`)).join(or);
    parts.push(text('access.say.devices', { names: list }));
  }
  if (rule.languages) {
    const list = rule.languages.map((language) => languageName(speaker, language)).join(or);
    parts.push(text('access.say.languages', { names: list }));
  }
  for (const key of UTM_KEYS) {
    const values = rule.utm?.[key];
    if (values) parts.push(text('access.say.utm', { key: `utm_${key}`, names: values.join(or) }));
  }
  for (const key of ['countries', 'referrers', 'viewed'] as const) {
    const values = rule[key];
    if (values) parts.push(text(`access.say.${key}`, { names: values.join(or) }));
  }
  if (rule.weekdays) {
    const list = rule.weekdays.map((day) => text(`access.weekday.${day}`)).join(or);
    parts.push(text('access.say.weekdays', { names: list }));
  }
  if (rule.hours) parts.push(text('access.say.hours', { ...rule.hours }));
  if (rule.from) parts.push(text('access.say.from', { date: speaker.date(rule.from) }));
  if (rule.until) parts.push(text('access.say.until', { date: speaker.date(rule.until) }));
  return parts;
}

function joinedParts({ text }: Speaker, rule: Extract<Audience, { type: 'joined' }>): string[] {
  const parts: string[] = [];
  if (rule.atLeastDays !== undefined) {
    parts.push(text('access.say.least', { days: rule.atLeastDays }));
  }
  if (rule.atMostDays !== undefined) {
    parts.push(text('access.say.most', { days: rule.atMostDays }));
  }
  return parts;
}

export function sayAccess(speaker: Speaker, access: Access | null): string {
  const { text } = speaker;
  if (!access || access.audience.type === 'everyone') return text('access.say.entry.everyone');
  const path = access.redirectTo ?? '';
  return text('access.say.entry', {
    who: sayAudience(speaker, access.audience),
    otherwise: text(`access.say.otherwise.${access.otherwise}`, { path }),
  });
}

export function sayBlock(speaker: Speaker, block: BlockAudience | null): string {
  const { text } = speaker;
  if (!block) return text('access.say.block.everyone');
  const everyone = block.audience.type === 'everyone';
  const sentence = everyone
    ? text('access.say.block.everyone')
    : text('access.say.block', { who: sayAudience(speaker, block.audience) });
  return block.slot ? text('access.say.slot', { sentence, slot: block.slot }) : sentence;
}
