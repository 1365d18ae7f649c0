import type { z } from 'zod';
import type { ErrorDetail } from '../http/answer';

type Path = PropertyKey[];

/** `messages[0].text`, as LINE writes where something is wrong. */
export function propertyPath(path: Path): string {
  return path.reduce<string>((written, step) => {
    if (typeof step === 'number') return `${written}[${step}]`;
    return written === '' ? String(step) : `${written}.${String(step)}`;
  }, '');
}

/** Turns what the schema found into LINE's `details`. */
export function errorDetails(error: z.ZodError, input: unknown): ErrorDetail[] {
  return error.issues.map((issue) => ({
    message: issueText(issue, input),
    property: propertyPath(issue.path),
  }));
}

function issueText(issue: z.core.$ZodIssue, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(input, issue.path) === undefined ? 'must be specified' : 'invalid property';
    case 'invalid_value':
      return `Must be one of the following values: [${issue.values.map(String).join(', ')}]`;
    case 'invalid_union':
      return valueAt(input, issue.path) === undefined ? 'must be specified' : 'invalid type';
    default:
      return issue.message;
  }
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
    input,
  );
}
