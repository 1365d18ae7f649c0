import { z } from 'zod';
import type { Operation, Parameter } from './operations';

/** A request as the emulator wrote it down. */
export const recordedRequest = z.object({
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

export type RecordedRequest = z.output<typeof recordedRequest>;

export interface ReplayReport {
  /** `METHOD route` → how many requests of it were right. */
  valid: Map<string, number>;
  /** LINE Login is not part of the OpenAPI documents; counted, not checked. */
  outside: Map<string, number>;
  failures: { request: string; problems: string[] }[];
}

const LOGIN_PATHS = new Set([
  '/oauth2/v2.1/authorize',
  '/oauth2/v2.1/authorize/consent',
  '/oauth2/v2.1/userinfo',
  '/v2/profile',
  '/friendship/v1/status',
  '/user/v1/deauthorize',
  '/dialog/bot/accountLink',
  '/.well-known/openid-configuration',
]);

const loginGrant = z.object({ grant_type: z.enum(['authorization_code', 'refresh_token']) });
const loginVerify = z.object({ id_token: z.string() });

/** LINE Login shares two addresses with channel tokens; the fields tell them apart. */
function isLogin(request: RecordedRequest): boolean {
  if (LOGIN_PATHS.has(request.path)) return true;
  if (request.path === '/oauth2/v2.1/token') return loginGrant.safeParse(request.body).success;
  return request.path === '/oauth2/v2.1/verify' && loginVerify.safeParse(request.body).success;
}

/** Checks every request against the operation it belongs to. */
export function replay(operations: Operation[], requests: RecordedRequest[]): ReplayReport {
  const report: ReplayReport = { valid: new Map(), outside: new Map(), failures: [] };
  for (const request of requests) {
    if (isLogin(request)) {
      count(report.outside, `${request.method} ${request.path}`);
      continue;
    }
    const operation = findOperation(operations, request);
    const problems = operation ? problemsOf(operation, request) : ['no such operation'];
    if (operation && problems.length === 0)
      count(report.valid, `${operation.method} ${operation.path}`);
    else report.failures.push({ request: `${request.method} ${request.path}`, problems });
  }
  return report;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** A path written out in full goes before one with placeholders. */
function findOperation(operations: Operation[], request: RecordedRequest): Operation | undefined {
  const fitting = operations.filter(
    (operation) => operation.method === request.method && operation.pattern.test(request.path),
  );
  return fitting.sort((one, other) => one.pathNames.length - other.pathNames.length)[0];
}

function problemsOf(operation: Operation, request: RecordedRequest): string[] {
  return [
    ...pathProblems(operation, request),
    ...queryProblems(operation, request),
    ...headerProblems(operation, request),
    ...bodyProblems(operation, request),
  ];
}

function check(parameter: Parameter, values: string[]): string[] {
  if (values.length === 0) {
    return parameter.required ? [`${parameter.in} ${parameter.name} is missing`] : [];
  }
  return values.flatMap((value) => {
    if (parameter.validate(value) || parameter.validate(Number(value))) return [];
    return [`${parameter.in} ${parameter.name} is not valid: ${value}`];
  });
}

function pathProblems(operation: Operation, request: RecordedRequest): string[] {
  const values = operation.pattern.exec(request.path)?.slice(1) ?? [];
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap((parameter) => {
      const value = values[operation.pathNames.indexOf(parameter.name)];
      return check(parameter, value === undefined ? [] : [decodeURIComponent(value)]);
    });
}

function queryProblems(operation: Operation, request: RecordedRequest): string[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  const unknown = Object.keys(request.query).filter(
    (name) => !known.some((parameter) => parameter.name === name),
  );
  return [
    ...unknown.map((name) => `unknown query parameter: ${name}`),
    ...known.flatMap((parameter) => check(parameter, [request.query[parameter.name] ?? []].flat())),
  ];
}

function headerProblems(operation: Operation, request: RecordedRequest): string[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'header');
  const problems = known.flatMap((parameter) => {
    const value = request.headers[parameter.name.toLowerCase()];
    return check(parameter, value === undefined ? [] : [value]);
  });
  const takesRetryKey = known.some(({ name }) => name.toLowerCase() === 'x-line-retry-key');
  const stray = request.headers['x-line-retry-key'] !== undefined && !takesRetryKey;
  return stray ? [...problems, 'x-line-retry-key is not taken here'] : problems;
}

function bodyProblems(operation: Operation, request: RecordedRequest): string[] {
  const empty = request.body === null || request.body === undefined;
  if (operation.bodies.size === 0) return empty ? [] : ['a body is not taken here'];
  if (empty) return operation.bodyRequired ? ['the body is missing'] : [];
  const type = mediaType(request);
  const validate = operation.bodies.get(type) ?? operation.bodies.get('*/*');
  if (validate === undefined) return [`content type is not taken here: ${type}`];
  if (validate === null || validate(request.body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || '/'} ${message ?? 'is not valid'} ${JSON.stringify(params)}`,
  );
}

function mediaType(request: RecordedRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
}
