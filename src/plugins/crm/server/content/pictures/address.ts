/**
 * Addresses of pictures in the widths LINE asks for: `/m/pictures/<token>/<width>`. The token is
 * signed and names a file that an editor chose, so that nobody makes this server fetch or draw
 * anything else.
 */
import type { Core } from '@strapi/strapi';

import { crmConfig, sign, verifySigned } from '../../kernel';

const PURPOSE = 'content.picture';

/** `address`: of a file of the media library; that of a gated one carries its own proof. */
export const sizedPictures =
  (strapi: Core.Strapi, origin: string) =>
  (address: string): string => {
    const own = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
    return `${origin}/m/pictures/${sign(crmConfig(strapi).secret, PURPOSE, own)}`;
  };

/** The address of the file; null for what we did not sign. */
export const pictureOf = (strapi: Core.Strapi, token: string): string | null =>
  verifySigned(crmConfig(strapi).secret, PURPOSE, token);
