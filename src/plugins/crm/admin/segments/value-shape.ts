/** Which editor a clause needs, and what it starts with. Pure. */
import type { RuleGroup, SegmentField } from '../../shared/segments';
import { isGroup } from '../../shared/segments';
import { valueSchema } from '../../shared/segments-values';

export type ValueShape =
  | 'none'
  | 'words'
  | 'list'
  | 'amount'
  | 'day'
  | 'calendar-period'
  | 'period'
  | 'measure'
  | 'event'
  | 'product';

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
  product: 'product',
};

export function shapeOf(valueType: SegmentField['valueType'], operator: string): ValueShape {
  if (EMPTINESS.has(operator)) return 'none';
  if (PERIODS.has(operator)) return valueType === 'date' ? 'calendar-period' : 'period';
  return byType[valueType];
}

/** What a new clause starts with. Texts and lists start empty: nobody must save a made-up value. */
export function initialValue(shape: ValueShape, unit?: SegmentField['unit']): unknown {
  const values: Record<ValueShape, unknown> = {
    none: null,
    words: '',
    list: [],
    amount: 0,
    day: '',
    'calendar-period': { count: 30, unit: 'days' },
    period: { count: 30, unit: 'days' },
    measure: { amount: unit === 'yen' ? 10_000 : 1, within: { count: 12, unit: 'months' } },
    event: { name: '', times: 1, within: { count: 30, unit: 'days' } },
    product: { product: '', within: null },
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
