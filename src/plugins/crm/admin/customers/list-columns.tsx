/** Columns of the list; which are shown is chosen, and kept in a view. */
import { Typography } from '@strapi/design-system';

import type { CustomerListItem, CustomerOptions } from '../../shared/customers';
import { crmPath, PersonCell, useFormat, type Column } from '../ui';
import { formatPhone } from './address';
import { factsOf, fallbackName, reachOf } from './facts';
import { useText } from './text';

export const FIXED_COLUMNS = [
  'tier',
  'orders',
  'spent',
  'lastOrder',
  'email',
  'phone',
  'city',
  'lifecycle',
  'owner',
  'tags',
  'registered',
] as const;
type FixedColumn = (typeof FIXED_COLUMNS)[number];

export const DEFAULT_COLUMNS: readonly string[] = ['tier', 'orders', 'spent', 'lastOrder'];

const ENDS: ReadonlySet<string> = new Set(['orders', 'spent']);

const nameOf = (options: CustomerOptions['tier'], value: string | null): string =>
  options.find((option) => option.value === value)?.label ?? value ?? '—';

type Cells = Readonly<Record<FixedColumn, (customer: CustomerListItem) => string>>;

function useCells(options: CustomerOptions): Cells {
  const text = useText();
  const format = useFormat();
  const day = (at: number | null | undefined) => (at ? format.date(at) : '—');
  return {
    tier: ({ tier }) => nameOf(options.tier, tier),
    orders: (one) => text('customers.orders', { count: factsOf(one).orders?.count ?? 0 }),
    spent: (one) => format.yen(factsOf(one).orders?.spent ?? 0),
    lastOrder: (one) => day(factsOf(one).orders?.lastOrderedAt),
    email: ({ email }) => email ?? '—',
    phone: ({ phone }) => (phone ? formatPhone(phone) : '—'),
    city: ({ prefecture, city }) => [prefecture, city].filter(Boolean).join('') || '—',
    lifecycle: ({ lifecycleStage }) => lifecycleStage ?? '—',
    owner: ({ owner }) => nameOf(options.owner, owner === null ? null : String(owner)),
    tags: ({ tags }) => tags.join('、') || '—',
    registered: ({ registeredAt }) => day(registeredAt),
  };
}

/** Every column that can be chosen, by key; the operator's own fields are among them. */
export function useColumnChoices(options: CustomerOptions): { key: string; label: string }[] {
  const text = useText();
  return [
    ...FIXED_COLUMNS.map((key) => ({ key, label: text(`customers.column.${key}`) })),
    ...options.custom.map(({ name }) => ({ key: `custom.${name}`, label: name })),
  ];
}

export function useListColumns(
  options: CustomerOptions,
  chosen: readonly string[],
): Column<CustomerListItem>[] {
  const text = useText();
  const cells = useCells(options);
  const choices = useColumnChoices(options);
  const person: Column<CustomerListItem> = {
    key: 'person',
    label: text('customers.column.person'),
    card: 'title',
    cell: (customer) => (
      <PersonCell
        {...customer}
        fallback={fallbackName(customer)}
        reach={reachOf(customer)}
        to={crmPath(`customers/${customer.id}`)}
      />
    ),
  };
  const textOf = (key: string, customer: CustomerListItem): string => {
    const fixed = FIXED_COLUMNS.find((column) => column === key);
    if (fixed) return cells[fixed](customer);
    return String(customer.custom[key.replace('custom.', '')] ?? '—');
  };
  const others = choices
    .filter(({ key }) => chosen.includes(key))
    .map(({ key, label }): Column<CustomerListItem> => ({
      key,
      label,
      ...(ENDS.has(key) ? { align: 'end' as const } : {}),
      cell: (customer) => <Typography>{textOf(key, customer)}</Typography>,
    }));
  return [person, ...others];
}
