/** What LINE says of a film only when it is sent: its size and its kind, as the media library has them. */
import type { Core } from '@strapi/strapi';

import { contentService } from '../../content';
import type { ContentIssue } from '../../delivery';
import type { LineMessage } from '../domain/message';

/** 200 MB, counted as the media library counts. */
const MOST_KILOBYTES = 200_000;

/** Nothing is said of a film that lies elsewhere: nobody fetches it to look. */
export async function filmIssues(
  strapi: Core.Strapi,
  messages: readonly LineMessage[],
): Promise<ContentIssue[]> {
  const addresses = messages.flatMap(({ type, originalContentUrl: address }) =>
    type === 'video' && typeof address === 'string' ? [address] : [],
  );
  const asked = [...new Set(addresses)].map(async (address): Promise<ContentIssue[]> => {
    const file = await contentService(strapi).fileAt(address);
    if (!file) return [];
    if (file.mime !== 'video/mp4') {
      return [{ severity: 'error', key: 'line.lint.film-kind', params: { kind: file.mime } }];
    }
    if (file.kilobytes <= MOST_KILOBYTES) return [];
    const params = { megabytes: Math.ceil(file.kilobytes / 1000), most: MOST_KILOBYTES / 1000 };
    return [{ severity: 'error', key: 'line.lint.film-too-big', params }];
  });
  return (await Promise.all(asked)).flat();
}
