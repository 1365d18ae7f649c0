/** Which editor a clause needs, and what it starts with. Pure. */
import type { RuleGroup, SegmentField } from '../../shared/segments';
import { isGroup } from '../../shared/segments';
import { valueSchema } from '../../shared/segments-values';

export type SimpleShape = 'words' | 'list' | 'amount' | 'day' | 'calendar-period' | 'period';

/** One input of a value that has several. */
export interface Part {
  readonly key: string;
  readonly kind: 'text' | 'optional' | 'day' | 'number' | 'option' | 'within' | 'period';
  /** The text `segments.value.<label>`. */
  readonly label: string;
  /** The field's options are offered while typing. */
  readonly suggests?: boolean;
}

const part = (key: string, kind: Part['kind'], label = key): Part => ({ key, kind, label });
const eventName: Part = { ...part('name', 'text', 'event'), suggests: true };
const product: Part = { ...part('product', 'text'), suggests: true };
const within = part('within', 'within');
const amount = part('amount', 'number');

/** Values of several parts, in the order in which they are asked for. */
export const compositeParts = {
  measure: [amount, within],
  event: [
    eventName,
    part('times', 'number'),
    part('property', 'optional'),
    part('is', 'optional'),
    within,
  ],
  'event-day': [eventName, part('day', 'day', 'date')],
  'event-period': [eventName, part('within', 'period')],
  'event-sum': [eventName, part('property', 'text'), amount, within],
  sequence: [
    { ...eventName, label: 'first-event' },
    part('hours', 'number'),
    { ...eventName, key: 'then', label: 'then' },
    part('key', 'optional'),
    within,
  ],
  product: [product, within],
  'product-measure': [product, amount, within],
  happening: [part('option', 'option'), part('times', 'number'), within],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

export type CompositeShape = keyof typeof compositeParts;
export type ValueShape = 'none' | SimpleShape | CompositeShape;

export const isComposite = (shape: ValueShape): shape is CompositeShape =>
  Object.hasOwn(compositeParts, shape);

const EMPTINESS = new Set(['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse']);
const PERIODS = new Set(['withinLast', 'notWithinLast', 'withinNext']);

const byType: Readonly<Record<SegmentField['valueType'], ValueShape>> = {
  text: 'words',
  choice: 'list',
  tags: 'list',
  boolean: 'none',
  number: 'amount',
  date: 'day',
  moment: 'day',
  measure: 'measure',
  event: 'event',
  eventMoment: 'event-day',
  eventSum: 'event-sum',
  sequence: 'sequence',
  product: 'product',
  productMeasure: 'product-measure',
  happening: 'happening',
};

export function shapeOf(valueType: SegmentField['valueType'], operator: string): ValueShape {
  if (EMPTINESS.has(operator)) return 'none';
  if (PERIODS.has(operator)) {
    if (valueType === 'eventMoment') return 'event-period';
    return valueType === 'date' ? 'calendar-period' : 'period';
  }
  return byType[valueType];
}

/** What a new clause starts with. Texts and lists start empty: nobody must save a made-up value. */
export function initialValue(shape: ValueShape, unit?: SegmentField['unit']): unknown {
  const month = { count: 30, unit: 'days' };
  const figure = unit === 'yen' ? 10_000 : 1;
  const values: Record<ValueShape, unknown> = {
    none: null,
    words: '',
    list: [],
    amount: 0,
    day: '',
    'calendar-period': { count: 30, unit: 'days' },
    period: { count: 30, unit: 'days' },
    measure: { amount: figure, within: { count: 12, unit: 'months' } },
    event: { name: '', times: 1, property: '', is: '', within: month },
    'event-day': { name: '', day: '' },
    'event-period': { name: '', within: month },
    'event-sum': { name: '', property: '', amount: 1, within: month },
    sequence: { name: '', then: '', key: '', hours: 4, within: { count: 7, unit: 'days' } },
    product: { product: '', within: null },
    'product-measure': { product: '', amount: figure, within: null },
    happening: { option: '', times: 1, within: month },
  };
  return values[shape];
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null
    ? Object.keys(value).sort().join()
    : typeof value;
};

/** Whether a value that was entered for another operator can stay. */
export const fitsShape = (shape: ValueShape, value: unknown): boolean =>
  shape === 'none' || kindOf(value) === kindOf(initialValue(shape));

/** Every clause has a value that the server will take. */
function isComplete(group: RuleGroup, fields: ReadonlyMap<string, SegmentField>): boolean {
  return group.rules.every((node) => {
    if (isGroup(node)) return isComplete(node, fields);
    const field = fields.get(node.field);
    const schema = field && valueSchema(field.valueType, node.operator);
    return schema?.safeParse(node.value).success ?? false;
  });
}

const saysSomething = (group: RuleGroup): boolean =>
  group.rules.some((node) => !isGroup(node) || saysSomething(node));

/** `empty`: nobody has said anything yet. `incomplete`: a clause still lacks its value. */
export type RuleState = 'empty' | 'incomplete' | 'ready';

export function ruleState(group: RuleGroup, fields: ReadonlyMap<string, SegmentField>): RuleState {
  if (!saysSomething(group)) return 'empty';
  return isComplete(group, fields) ? 'ready' : 'incomplete';
}
