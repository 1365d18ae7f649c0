/** What a member enters in the operator's own fields. Only fields that are asked for are looked at. */
import type { CustomerFields, CustomValue } from '../../../shared/customers';
import type { EnteredOwnFields } from '../../../shared/members';
import type { MemberFieldType } from '../../../shared/member-fields';
import { customValue, type CustomField } from '../../customers';
import type { FormIssue } from '../domain/registration';

/** A field of the operator's own as one form asks for it. */
export interface AskedField {
  readonly field: CustomField & { readonly type: MemberFieldType };
  readonly label: string;
  readonly required: boolean;
}

/** Name of its input, and path of what is wrong with it. */
export const pathOf = ({ field }: AskedField): string => `custom.${field.name}`;

/** Codes of `members.issue.…` by type. */
const WRONG: Readonly<Record<MemberFieldType, string>> = {
  text: 'text-long',
  number: 'number',
  boolean: 'choice',
  date: 'date',
  choice: 'choice',
};

export interface CheckedOwnFields {
  readonly custom: CustomerFields['custom'];
  readonly issues: readonly FormIssue[];
}

type Read = { readonly value: CustomValue } | { readonly code: string };

/** The stored form of one field, or the code of what is wrong with it. */
function read({ field, required }: AskedField, given: CustomValue, timeZone: string): Read {
  const stored = customValue(field, given, timeZone);
  if (stored === undefined) return { code: WRONG[field.type] };
  const value = stored === '' ? null : stored;
  return value === null && required ? { code: 'required' } : { value };
}

/**
 * The stored form of what was entered. A field that the form did not send is left as it is: an older
 * page, or a front end that does not know it, empties nothing. `isNew`: nothing is stored yet.
 */
export function checkOwnFields(
  asked: readonly AskedField[],
  entered: EnteredOwnFields,
  { timeZone, isNew }: { readonly timeZone: string; readonly isNew: boolean },
): CheckedOwnFields {
  const issues: FormIssue[] = [];
  const custom: CustomerFields['custom'] = {};
  for (const one of asked) {
    const { name } = one.field;
    const isSent = Object.hasOwn(entered, name);
    if (!isSent && !isNew) continue;
    const answer = read(one, isSent ? (entered[name] ?? null) : null, timeZone);
    if ('code' in answer) issues.push({ path: pathOf(one), code: answer.code });
    else if (answer.value !== null || !isNew) custom[name] = answer.value;
  }
  return { custom, issues };
}

/** What a form shows: values as its inputs take them. */
export interface ShownField {
  readonly name: string;
  readonly path: string;
  readonly label: string;
  readonly type: MemberFieldType;
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly maxLength: number;
  readonly value: string | null;
}

export function shownFields(
  asked: readonly AskedField[],
  stored: CustomerFields['custom'],
): ShownField[] {
  return asked.map((one) => {
    const { field, label, required } = one;
    const { name, type, values: choices, maxLength } = field;
    const value = stored[name] ?? null;
    return {
      name,
      path: pathOf(one),
      label,
      type,
      required,
      choices,
      maxLength,
      value: value === null ? null : String(value),
    };
  });
}
