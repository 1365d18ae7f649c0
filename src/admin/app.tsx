import type { StrapiApp } from '@strapi/strapi/admin';

import logo from './logo.svg';
import { ja } from './names-ja';

export default {
  config: {
    locales: ['ja'],
    translations: { ja },
    auth: { logo },
    menu: { logo },
    head: { favicon: logo },
    notifications: { releases: false },
    tutorials: false,
  },
  bootstrap(_: StrapiApp) {
    // Strapi's guided tour is about Strapi; `tutorials` above does not stop it in 5.54.
    const tour = 'STRAPI_GUIDED_TOUR';
    if (localStorage.getItem(tour) === null) localStorage.setItem(tour, '{"enabled":false}');
    void dismissMediaLibraryBanner();
  },
};

/**
 * Strapi 5.54 announces its media library on every page until each person has closed it. There is
 * no setting against it: closed is remembered by the id of the installation, which `init` tells.
 */
async function dismissMediaLibraryBanner(): Promise<void> {
  const close = (installation: string | false | undefined) => {
    for (const legacy of [true, false]) {
      const key = `STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_${legacy}:${installation}`;
      localStorage.setItem(key, 'true');
    }
  };
  close(undefined);
  const { backendURL } = window.strapi as unknown as { backendURL: string };
  const answer = await fetch(`${backendURL}/admin/init`).catch(() => null);
  if (!answer?.ok) return;
  const { data } = (await answer.json()) as { data?: { uuid?: string | false } };
  close(data?.uuid);
}
