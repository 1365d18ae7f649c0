import type { Core } from '@strapi/strapi';

import type { LoginMethod } from '../../members';
import { loginChannel } from '../client/login-client';

/** "Log in with LINE" on the log-in and registration pages, where a login channel is configured. */
export const lineLoginMethod = ({ strapi }: { strapi: Core.Strapi }): LoginMethod => ({
  key: 'line',
  button: (next) =>
    loginChannel(strapi)
      ? {
          template: 'line/login-button',
          data: { href: `/m/line/login?next=${encodeURIComponent(next)}` },
        }
      : null,
});
