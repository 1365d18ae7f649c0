/**
 * The statements that make a large shop, in the words of both databases. Uneven as in life, and the
 * same every time: every value is arithmetic on the row number.
 */

/** The instant at which the benches evaluate rules: 22 November 2026, 12:00 in Tokyo. */
export const NOW = Date.UTC(2026, 10, 22, 3);
const DAY = 86_400_000;

export type Dialect = 'sqlite' | 'postgres';

/** How much there is of each, by the number of people. */
export const sizesOf = (people: number) => ({
  people,
  orders: people * 5,
  events: people * 10,
  /** Of the busiest person, who is the last one. */
  busiest: people / 10,
});

/** The tables that are filled; their indexes are built afterwards, which is many times faster. */
export const FILLED = [
  'crm_customers',
  'crm_identities',
  'crm_consent_states',
  'crm_orders',
  'crm_order_lines',
  'crm_events',
] as const;

/**
 * A number from 0 to `size` - 1 that looks random and is the same every time. The square breaks
 * the pattern that a linear hash would leave between two columns of one row.
 */
const dice = (salt: number, size: number): string => {
  const linear = `((n * 48271 + ${salt * 69_621}) % 2147483647)`;
  return `((${linear} * ${linear} + ${salt * 7919}) % 2147483629 % ${size})`;
};

const KANJI = '一二三川木山田中村上下大小高石原本井森林水野島松竹梅青赤白黒東西南北春夏秋冬';
const KANA = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨ';

const letter = (letters: string, salt: number): string =>
  `substr('${letters}', cast(1 + ${dice(salt, 38)} as integer), 1)`;

/** One of a few texts, each with its weight in percent; the last one takes the rest. */
function weighted(salt: number, choices: readonly (readonly [number, string])[]): string {
  let sum = 0;
  const cases = choices.map(([weight, value]) => {
    sum += weight;
    return `when ${dice(salt, 100)} < ${sum} then ${value}`;
  });
  return `case ${cases.join(' ')} end`;
}

/** Who bought or did something. A product of two dice: a few often, most once or never. */
function someone(people: number, salt: number): string {
  const side = Math.floor(Math.sqrt(people));
  return `1 + ${dice(salt, side)} * ${dice(salt + 1, side)} + ${dice(salt + 2, side)}`;
}

const words = {
  sqlite: {
    series: (size: number) =>
      `(with recursive series(n) as (select 1 union all select n + 1 from series where n < ${size}) select n from series)`,
    instant: (ms: string) => ms,
    birthday: `date('1950-01-01', '+' || ${dice(4, 20_000)} || ' days')`,
    json: (text: string) => text,
  },
  postgres: {
    series: (size: number) => `(select n from generate_series(1::bigint, ${size}) as given(n))`,
    instant: (ms: string) => `to_timestamp((${ms}) / 1000.0) at time zone 'utc'`,
    birthday: `date '1950-01-01' + cast(${dice(4, 20_000)} as integer)`,
    json: (text: string) => `cast(${text} as jsonb)`,
  },
} as const;

const customers = (people: number, dialect: Dialect): string => {
  const { series, instant, birthday, json } = words[dialect];
  const tags = weighted(6, [
    [5, `'["vinyl","jazz"]'`],
    [20, `'["cd"]'`],
    [75, `'[]'`],
  ]);
  return `insert into crm_customers
    (id, document_id, customer_number, family_name, given_name, family_name_kana, given_name_kana,
     sort_name, email, phone, postal_code, prefecture, city, birthday, gender, language, tier, tier_locked,
     tags, lifecycle_stage, made_up, registered_at, created_at, updated_at)
   select n, 'bench' || n, 'B' || n, f, g, fk, gk, fk || ' ' || gk, 'person' || n || '@example.jp', phone,
     '1500001', prefecture, '中央', birthday, gender, 'ja', tier, false, tags, stage, true, made, made, changed
   from (select n,
     ${letter(KANJI, 1)} || ${letter(KANJI, 2)} as f, ${letter(KANJI, 31)} || ${letter(KANJI, 32)} as g,
     ${letter(KANA, 1)} || ${letter(KANA, 2)} || ${letter(KANA, 33)} as fk,
     ${letter(KANA, 31)} || ${letter(KANA, 32)} as gk,
     '+8190' || (10000000 + ${dice(8, 89_999_999)}) as phone,
     ${weighted(3, [
       [30, "'東京都'"],
       [20, "'大阪府'"],
       [50, "'北海道'"],
     ])} as prefecture,
     ${weighted(9, [
       [40, "'女性'"],
       [40, "'男性'"],
       [20, "''"],
     ])} as gender,
     ${weighted(5, [
       [2, "'platinum'"],
       [6, "'gold'"],
       [17, "'silver'"],
       [75, "'regular'"],
     ])} as tier,
     ${weighted(10, [
       [20, "'lead'"],
       [60, "'customer'"],
       [20, 'null'],
     ])} as stage,
     ${birthday} as birthday, ${json(tags)} as tags,
     ${instant(`${NOW} - ${dice(7, 1500)} * ${DAY}`)} as made,
     ${instant(`${NOW} - ${dice(34, 400)} * ${DAY} - ${dice(35, 86_400_000)}`)} as changed
   from ${series(people)} as rows_) as made_up`;
};

const orders = (people: number, rows: number, dialect: Dialect): string =>
  `insert into crm_orders (id, order_number, customer_id, ordered_at, status, currency, total)
   select n, 'B' || n, ${someone(people, 11)},
     ${NOW} - ${dice(13, 1200)} * ${DAY} - ${dice(14, 86_400)} * 1000,
     case when ${dice(15, 50)} = 0 then 'cancelled' else 'paid' end, 'JPY',
     900 + ${dice(16, 90)} * ${dice(17, 90)}
   from ${words[dialect].series(rows)} as rows_`;

const orderLines = (rows: number, dialect: Dialect): string =>
  `insert into crm_order_lines (order_id, product_code, title, quantity, unit_price)
   select n, 'LP-' || product, 'レコード ' || product, 1, 900
   from (select n, ${dice(41, 60)} * ${dice(42, 50)} as product from ${words[dialect].series(rows)} as rows_) as made_up`;

const consents = (people: number, dialect: Dialect): string =>
  `insert into crm_consent_states (customer_id, purpose, channel, granted, changed_at)
   select n, 'marketing', 'email', ${dice(21, 10)} < 7, ${NOW} from ${words[dialect].series(people)} as rows_
   where ${dice(22, 10)} < 9`;

const identities = (people: number, dialect: Dialect): string =>
  `insert into crm_identities (customer_id, kind, value, verified_at, created_at)
   select n, kind, case when kind = 'email' then 'person' || n || '@example.jp' else 'U' || n end, ${NOW}, ${NOW}
   from ${words[dialect].series(people)} as rows_, (select 'email' as kind union all select 'line') as kinds
   where kind = 'email' or ${dice(23, 10)} < 3`;

/** Everybody's events, a third of them nobody's; the first ones belong to the busiest person. */
const events = (people: number, dialect: Dialect): string => {
  const { events: rows, busiest } = sizesOf(people);
  const name = weighted(51, [
    [40, `'/products/lp-' || product`],
    [35, `'Product Viewed'`],
    [10, `'Products Searched'`],
    [10, `'Product Added'`],
    [5, `'Order Completed'`],
  ]);
  return `insert into crm_events
    (message_id, type, name, customer_id, visitor_id, occurred_at, received_at, properties, is_bot)
   select 'bench-' || n, case when ${dice(51, 100)} < 40 then 'page' else 'track' end, ${name},
     case when n <= ${busiest} then ${people} when ${dice(52, 3)} < 2 then ${someone(people, 53)} end,
     'v' || ${dice(56, people * 2)}, at, at,
     '{"product_id":"LP-' || product || '","cart_id":"c' || (n % 100) || '","value":' || (900 + product) || '}',
     ${dice(57, 50)} = 0
   from (select n, ${dice(41, 60)} * ${dice(42, 50)} as product,
     ${NOW} - ${dice(58, 700)} * ${DAY} - ${dice(59, 86_400_000)} as at
     from ${words[dialect].series(rows)} as rows_) as made_up`;
};

/** The whole shop, or only its people with their identities and consents: seconds, not minutes. */
export type Part = 'shop' | 'people';

/** In the order in which they run. */
export function fillStatements(people: number, dialect: Dialect, part: Part): readonly string[] {
  const { orders: orderRows } = sizesOf(people);
  const who = [customers, identities, consents].map((make) => make(people, dialect));
  if (part === 'people') return who;
  return [
    ...who,
    orders(people, orderRows, dialect),
    orderLines(orderRows, dialect),
    events(people, dialect),
  ];
}
