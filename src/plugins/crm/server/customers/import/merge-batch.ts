/** Which rows of a batch mean whom: pure, so that every collision is a unit test. */
import type { Customer, CustomerFields } from '../../../shared/customers';
import type { ImportPolicy } from '../../../shared/imports';
import type { RowIssue } from './import-kind';

export interface ReadRow {
  readonly line: number;
  readonly fields: Partial<CustomerFields>;
}

/** One person of the batch: as known before, as the rows leave them. */
export interface Person {
  readonly before: Customer | null;
  after: CustomerFields;
  readonly lines: number[];
}

export interface MergedBatch {
  readonly people: readonly Person[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly { line: number; issues: readonly RowIssue[] }[];
}

/** Known customers by the keys that tell people apart. */
export interface KnownPeople {
  readonly byNumber: ReadonlyMap<string, Customer>;
  readonly byEmail: ReadonlyMap<string, Customer>;
}

class Batch {
  readonly people: Person[] = [];
  private readonly byId = new Map<number, Person>();
  private readonly byNumber = new Map<string, Person>();
  private readonly byEmail = new Map<string, Person>();

  constructor(
    private readonly known: KnownPeople,
    private readonly blank: CustomerFields,
  ) {}

  withNumber(number: string | null | undefined): Person | undefined {
    if (!number) return undefined;
    return this.byNumber.get(number) ?? this.knownPerson(this.known.byNumber.get(number));
  }

  withEmail(email: string | null | undefined): Person | undefined {
    if (!email) return undefined;
    return this.byEmail.get(email) ?? this.knownPerson(this.known.byEmail.get(email));
  }

  add(): Person {
    const person: Person = { before: null, after: this.blank, lines: [] };
    this.people.push(person);
    return person;
  }

  index(person: Person): void {
    const { customerNumber, email } = person.after;
    if (customerNumber) this.byNumber.set(customerNumber, person);
    if (email) this.byEmail.set(email, person);
  }

  private knownPerson(customer: Customer | undefined): Person | undefined {
    if (!customer) return undefined;
    const met = this.byId.get(customer.id);
    if (met) return met;
    const person: Person = { before: customer, after: customer, lines: [] };
    this.byId.set(customer.id, person);
    this.people.push(person);
    return person;
  }
}

const isUnknown = (value: unknown): boolean => value === null || value === undefined;

/** Empty cells leave what is known, and so do all cells under `fill`; tags add up. */
function merged(
  before: CustomerFields,
  given: Partial<CustomerFields>,
  isFilling: boolean,
): CustomerFields {
  const told = <Value>(values: Readonly<Record<string, Value>>, known: object) => {
    const old = known as Readonly<Record<string, unknown>>;
    const after: Record<string, Value | unknown> = { ...old };
    for (const key of Object.keys(values)) {
      if (isUnknown(values[key]) || (isFilling && !isUnknown(old[key]))) continue;
      after[key] = values[key];
    }
    return after;
  };
  const { tags, custom, ...fields } = given;
  return {
    ...(told(fields, before) as unknown as CustomerFields),
    tags: tags ? [...new Set([...before.tags, ...tags])] : before.tags,
    custom: custom ? (told(custom, before.custom) as CustomerFields['custom']) : before.custom,
  };
}

const sameValue = (key: keyof CustomerFields, a: CustomerFields, b: CustomerFields): boolean => {
  if (a[key] === b[key]) return true;
  if (key !== 'tags' && key !== 'custom') return false;
  return JSON.stringify(a[key]) === JSON.stringify(b[key]);
};

const sameFields = (a: CustomerFields, b: CustomerFields): boolean =>
  (Object.keys(b) as (keyof CustomerFields)[]).every((key) => sameValue(key, a, b));

/** Two keys that point to two people: when in doubt nobody is merged. */
function contradiction(row: ReadRow, byNumber?: Person, byEmail?: Person): RowIssue | null {
  const taken: RowIssue = { column: 'email', code: 'email-taken' };
  if (byNumber && byEmail && byNumber !== byEmail) return taken;
  const { customerNumber } = row.fields;
  const known = byEmail?.after.customerNumber;
  return !byNumber && customerNumber && known && known !== customerNumber ? taken : null;
}

export function mergeBatch(
  rows: readonly ReadRow[],
  known: KnownPeople,
  blank: CustomerFields,
  policy: ImportPolicy = 'update',
): MergedBatch {
  const batch = new Batch(known, blank);
  const refused: { line: number; issues: RowIssue[] }[] = [];
  const count = { created: 0, updated: 0, unchanged: 0 };
  for (const row of rows) {
    const byNumber = batch.withNumber(row.fields.customerNumber);
    const byEmail = batch.withEmail(row.fields.email);
    const issue = contradiction(row, byNumber, byEmail);
    if (issue) {
      refused.push({ line: row.line, issues: [issue] });
      continue;
    }
    const found = byNumber ?? byEmail;
    if (found?.before && policy === 'skip') {
      count.unchanged += 1;
      continue;
    }
    const person = found ?? batch.add();
    const isFilling = policy === 'fill' && person.before !== null;
    const after = merged(person.after, row.fields, isFilling);
    if (!found) count.created += 1;
    else if (sameFields(person.after, after)) count.unchanged += 1;
    else count.updated += 1;
    person.after = after;
    person.lines.push(row.line);
    batch.index(person);
  }
  return { people: batch.people, ...count, refused };
}

/** The fields in which a known person changed. */
export function changedFields(person: Person): (keyof CustomerFields)[] {
  const { before, after } = person;
  if (!before) return [];
  return (Object.keys(after) as (keyof CustomerFields)[]).filter(
    (key) => !sameValue(key, before, after),
  );
}
