/** bcrypt, as users-permissions does it, so that accounts made here and there are the same. */
import type { Core } from '@strapi/strapi';

interface UserService {
  ensureHashedPasswords(values: { password: string }): Promise<{ password: string }>;
  validatePassword(password: string, hash: string): Promise<boolean>;
}

const users = (strapi: Core.Strapi): UserService =>
  strapi.plugin('users-permissions').service('user');

export async function hashPassword(strapi: Core.Strapi, password: string): Promise<string> {
  return (await users(strapi).ensureHashedPasswords({ password })).password;
}

/** Of no password at all: comparing takes as long when nobody has the address. */
const NOBODY = '$2a$10$CwTycUXWue0Thq9StjUM0uJ8.9bZbqMTVwvnKnZL6R9fT8e0ZUgZe';

export async function passwordMatches(
  strapi: Core.Strapi,
  password: string,
  hash: string | null,
): Promise<boolean> {
  const matches = await users(strapi).validatePassword(password, hash ?? NOBODY);
  return matches && hash !== null;
}
