/** An administrator's way in: a Strapi admin with given permissions, calling the HTTP API. */
import { randomBytes } from 'node:crypto';

import type { TestApp } from './app';

export interface AdminClient {
  get(path: string): Promise<AdminAnswer>;
  post(path: string, body?: unknown): Promise<AdminAnswer>;
  put(path: string, body?: unknown): Promise<AdminAnswer>;
  delete(path: string): Promise<AdminAnswer>;
  /** Sends text or a file as it is, for example a CSV file with its own content type. */
  upload(path: string, body: string | Uint8Array | Blob, contentType: string): Promise<AdminAnswer>;
  /** The answer's bytes as they are. */
  download(path: string): Promise<Buffer>;
  /** The same administrator at another node. */
  at(origin: string): AdminClient;
}

export interface AdminAnswer {
  readonly status: number;
  /** Parsed JSON; tests parse it further with the contract's schema. */
  readonly body: unknown;
}

/** `customers.read` of the plugin, or any action of Strapi with what it is about. */
export type Permission =
  | string
  | {
      readonly action: string;
      readonly subject: string;
      readonly properties: {
        readonly fields: readonly string[];
        readonly locales: readonly string[];
      };
    };

const PASSWORD = 'Test-password-1';

/**
 * `permissions: 'all'` makes a super admin; a list makes a role of its own with just those
 * (`['customers.read']`), an empty list a role that may nothing.
 */
export async function adminClient(
  app: TestApp,
  permissions: 'all' | readonly Permission[] = 'all',
): Promise<AdminClient> {
  const credentials = await createAdmin(app, permissions);
  const login = await fetch(`${app.origin}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (!login.ok) throw new Error(`Admin login answered ${login.status}: ${await login.text()}`);
  const { data } = (await login.json()) as { data: { token: string } };
  return clientWith(app.origin, data.token);
}

/** Somebody who may log in, and how. */
export async function createAdmin(
  app: TestApp,
  permissions: 'all' | readonly Permission[] = 'all',
): Promise<{ readonly email: string; readonly password: string }> {
  const { strapi } = app;
  const credentials = {
    email: `admin-${randomBytes(6).toString('hex')}@example.com`,
    password: PASSWORD,
  };
  const roleId =
    permissions === 'all'
      ? (await strapi.service('admin::role').getSuperAdmin()).id
      : await createRole(app, permissions);
  await strapi.service('admin::user').create({
    ...credentials,
    firstname: 'Test',
    lastname: 'Admin',
    isActive: true,
    roles: [roleId],
  });
  return credentials;
}

async function createRole(
  { strapi }: TestApp,
  permissions: readonly Permission[],
): Promise<number> {
  const name = `role-${randomBytes(6).toString('hex')}`;
  const role = await strapi.service('admin::role').create({ name, description: name });
  await strapi.service('admin::role').assignPermissions(
    role.id,
    permissions.map((permission) =>
      typeof permission === 'string'
        ? { action: `plugin::crm.${permission}`, subject: null }
        : permission,
    ),
  );
  return role.id;
}

function clientWith(origin: string, token: string): AdminClient {
  const call = async (
    method: string,
    path: string,
    body?: string | Uint8Array | Blob,
    contentType = 'application/json',
  ): Promise<AdminAnswer> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
      body: body as BodyInit | undefined,
    });
    const text = await response.text();
    return { status: response.status, body: parseIfJson(text) };
  };
  const json = (body: unknown) => (body === undefined ? undefined : JSON.stringify(body));
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, json(body)),
    put: (path, body) => call('PUT', path, json(body)),
    delete: (path) => call('DELETE', path),
    upload: (path, body, contentType) => call('POST', path, body, contentType),
    at: (other) => clientWith(other, token),
    async download(path) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${origin}${path}`, { headers });
      return Buffer.from(await response.arrayBuffer());
    },
  };
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
