import { useFetchClient, useNotification } from '@strapi/strapi/admin';

import { useAdminLocale } from '../text';
import { useCrmClient } from './use-client';

/**
 * Saves what an admin route answers as a file of this name: asked for with the session, and kept as
 * the bytes it is. Strapi's client reads anything else as JSON, and what is none as nothing.
 */
export function useDownload() {
  const { get } = useFetchClient();
  const { errorOf } = useCrmClient();
  const locale = useAdminLocale();
  const { toggleNotification } = useNotification();
  return async (path: string, fileName: string): Promise<void> => {
    const address = `${path}${path.includes('?') ? '&' : '?'}lang=${locale}`;
    try {
      const { data } = await get<Blob>(address, { responseType: 'blob' });
      const url = URL.createObjectURL(data);
      Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
      URL.revokeObjectURL(url);
    } catch (thrown) {
      const told = errorOf(thrown);
      if (told) toggleNotification({ type: 'danger', message: told.message });
    }
  };
}
