/** Rules read as sentences. Pure: the texts and the formats come from the reader's side. */
import { isGroup, type Rule, type RuleGroup, type SegmentField } from './segments';
import type { Period } from './segments-values';

export interface SentenceTexts {
  /** A text of the segments' screens: `segments.sentence.text.is`. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  yen(amount: number): string;
  /** A day written as `2026-11-22`. */
  day(iso: string): string;
}

/** One line of a rule in words; `depth` is how far it is indented. */
export interface SentenceLine {
  readonly depth: number;
  readonly text: string;
  readonly isGroup: boolean;
}

const isPeriod = (value: unknown): value is Period =>
  typeof value === 'object' && value !== null && 'count' in value && 'unit' in value;

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function periodText(value: unknown, texts: SentenceTexts): string {
  return isPeriod(value) ? texts.text(`segments.period.${value.unit}`, { count: value.count }) : '';
}

/** "in the last 12 months " or nothing; stands where the sentence wants it. */
function withinText(value: unknown, texts: SentenceTexts): string {
  const period = periodText(property(value, 'within'), texts);
  return period === '' ? '' : texts.text('segments.sentence.within', { period });
}

function valueText(value: unknown, field: SegmentField, texts: SentenceTexts): string {
  const labelOf = (one: unknown): string => {
    const known = field.options?.find((option) => option.value === one);
    return texts.text('segments.sentence.quote', { value: known?.label ?? String(one) });
  };
  if (isPeriod(value)) return periodText(value, texts);
  if (Array.isArray(value)) return value.map(labelOf).join(texts.text('segments.sentence.or'));
  const amount = property(value, 'amount') ?? value;
  if (typeof amount === 'number') {
    if (field.unit === 'yen') return texts.yen(amount);
    const number = texts.number(amount);
    return field.unit ? texts.text('segments.sentence.times', { count: number }) : number;
  }
  if (typeof value !== 'string') return '';
  const isDay = field.valueType === 'date' || field.valueType === 'moment';
  return isDay && value !== '' ? texts.day(value) : labelOf(value);
}

/** What the sentences about events and products name. */
function partsOf(value: unknown, field: SegmentField, texts: SentenceTexts) {
  const word = (name: string): string => {
    const found = property(value, name);
    return typeof found === 'string' ? found : '';
  };
  const labelOf = (code: string): string =>
    field.options?.find((known) => known.value === code)?.label ?? code;
  const option = word('option');
  const asked = { property: word('property'), is: word('is') };
  return {
    name: word('name') || labelOf(word('product')),
    times: Number(property(value, 'times') ?? 1),
    then: word('then'),
    hours: Number(property(value, 'hours') ?? 0),
    day: word('day') === '' ? '' : texts.day(word('day')),
    period: periodText(property(value, 'within'), texts),
    property: asked.property,
    same: word('key') === '' ? '' : texts.text('segments.sentence.same', { key: word('key') }),
    option:
      option === ''
        ? texts.text('segments.sentence.anything')
        : texts.text('segments.sentence.quote', { value: labelOf(option) }),
    having:
      asked.property === ''
        ? ''
        : texts.text(`segments.sentence.${asked.is === '' ? 'has' : 'having'}`, asked),
  };
}

/** One clause in words; a field that is gone is named as it is stored. */
export function clauseSentence(
  { field: name, operator, value }: Rule,
  fields: ReadonlyMap<string, SegmentField>,
  texts: SentenceTexts,
): string {
  const field = fields.get(name);
  if (!field) return texts.text('segments.sentence.unknown-field', { field: name });
  return texts.text(`segments.sentence.${field.valueType}.${operator}`, {
    field: field.label,
    value: valueText(value, field, texts),
    within: withinText(value, texts),
    ...partsOf(value, field, texts),
  });
}

const groupKey = ({ combinator, not }: Pick<RuleGroup, 'combinator' | 'not'>): string =>
  `segments.sentence.group.${not ? 'not-' : ''}${combinator}`;

/** The heading of a group: "all of these are true". */
export const groupSentence = (
  group: Pick<RuleGroup, 'combinator' | 'not'>,
  texts: SentenceTexts,
): string => texts.text(groupKey(group));

/** The whole rule, line by line. */
export function ruleSentences(
  group: RuleGroup,
  fields: ReadonlyMap<string, SegmentField>,
  texts: SentenceTexts,
  depth = 0,
): SentenceLine[] {
  const inside = group.rules.flatMap((node) =>
    isGroup(node)
      ? ruleSentences(node, fields, texts, depth + 1)
      : [{ depth: depth + 1, text: clauseSentence(node, fields, texts), isGroup: false }],
  );
  // One clause needs no "all of these".
  if (depth === 0 && inside.length === 1 && !group.not) {
    return inside.map((line) => ({ ...line, depth: 0 }));
  }
  return [{ depth, text: groupSentence(group, texts), isGroup: true }, ...inside];
}
