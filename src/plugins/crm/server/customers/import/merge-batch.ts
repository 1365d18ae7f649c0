/** Which rows of a batch mean whom: pure, so that every collision is a unit test. */
import type { Customer, CustomerFields } from '../../../shared/customers';
import type { ImportPolicy } from '../../../shared/imports';
import type { RowIssue } from './import-kind';

export interface ReadRow {
  readonly line: number;
  readonly fields: Partial<CustomerFields>;
  /** Search terms of somebody of whom no more is known than this row. */
  readonly terms?: string;
}

/** One person of the batch: as known before, as the rows leave them. */
export interface Person {
  readonly before: Customer | null;
  after: CustomerFields;
  readonly lines: number[];
  /** Her search terms where they are known already: she is new, and one row says all of her. */
  terms: string | null;
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
    const person: Person = { before: null, after: this.blank, lines: [], terms: null };
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
    const person: Person = { before: customer, after: customer, lines: [], terms: null };
    this.byId.set(customer.id, person);
    this.people.push(person);
    return person;
  }
}

const isUnknown = (value: unknown): boolean => value === null || value === undefined;

type Values = Record<string, unknown>;

/** Writes what is told over what is known; under `fill` only where nothing is known. */
function tell(known: Values, told: Readonly<Values>, isFilling: boolean): void {
  for (const key in told) {
    if (key === 'tags' || key === 'custom' || isUnknown(told[key])) continue;
    if (!isFilling || isUnknown(known[key])) known[key] = told[key];
  }
}

/** Empty cells leave what is known, and so do all cells under `fill`; tags add up. */
function merged(
  before: CustomerFields,
  given: Partial<CustomerFields>,
  isFilling: boolean,
): CustomerFields {
  const after = { ...before };
  tell(after as unknown as Values, given, isFilling);
  const { tags, custom } = given;
  if (tags) after.tags = before.tags.length > 0 ? [...new Set([...before.tags, ...tags])] : tags;
  if (custom) {
    after.custom = { ...before.custom };
    for (const [name, value] of Object.entries(custom)) {
      if (isUnknown(value) || (isFilling && !isUnknown(after.custom[name]))) continue;
      after.custom[name] = value;
    }
  }
  return after;
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

/** Adds a row to the person whom it means, and answers what that came to. */
function takeRow(
  batch: Batch,
  row: ReadRow,
  found: Person | undefined,
  policy: ImportPolicy,
): 'created' | 'updated' | 'unchanged' {
  if (found?.before && policy === 'skip') return 'unchanged';
  const person = found ?? batch.add();
  const before = person.after;
  person.after = merged(before, row.fields, policy === 'fill' && person.before !== null);
  person.lines.push(row.line);
  person.terms = found ? null : (row.terms ?? null);
  batch.index(person);
  if (!found) return 'created';
  return sameFields(before, person.after) ? 'unchanged' : 'updated';
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
    if (issue) refused.push({ line: row.line, issues: [issue] });
    else count[takeRow(batch, row, byNumber ?? byEmail, policy)] += 1;
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
