import type { RateLimit, Route } from '../../http/route';
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases';
import * as links from './links';
import * as menus from './menus';

const HOUR = 3_600_000;
const hundredHourly: RateLimit = { requests: 100, perMilliseconds: HOUR };
const threeHourly: RateLimit = { requests: 3, perMilliseconds: HOUR };
const tenASecond: RateLimit = { requests: 10, perMilliseconds: 1000 };

interface Extras {
  rateLimit?: RateLimit;
  body?: Route['body'];
}

const route = (
  method: Route['method'],
  path: string,
  handle: Route['handle'],
  extras: Extras = {},
): Route => ({ method, template: `/v2/bot/${path}`, auth: 'channel', handle, ...extras });

const json: Extras = { body: 'json' };

/** Rich menus, their pictures, who sees which, and their aliases. */
export const richMenuRoutes: Route[] = [
  route('POST', 'richmenu', menus.createMenu, { ...json, rateLimit: hundredHourly }),
  route('POST', 'richmenu/validate', menus.validateMenu, json),
  route('GET', 'richmenu/list', menus.listMenus, { rateLimit: tenASecond }),
  route('GET', 'richmenu/{richMenuId}', menus.getMenu),
  route('DELETE', 'richmenu/{richMenuId}', menus.deleteMenu, { rateLimit: hundredHourly }),
  route('POST', 'richmenu/{richMenuId}/content', menus.uploadImage, { body: 'bytes' }),
  route('GET', 'richmenu/{richMenuId}/content', menus.downloadImage),
  route('GET', 'user/all/richmenu', links.getDefault),
  route('DELETE', 'user/all/richmenu', links.cancelDefault),
  route('POST', 'user/all/richmenu/{richMenuId}', links.setDefault),
  route('GET', 'user/{userId}/richmenu', links.menuOfUser),
  route('DELETE', 'user/{userId}/richmenu', links.unlinkUser),
  route('POST', 'user/{userId}/richmenu/{richMenuId}', links.linkUser),
  route('POST', 'richmenu/bulk/link', links.bulkLink, json),
  route('POST', 'richmenu/bulk/unlink', links.bulkUnlink, json),
  route('POST', 'richmenu/batch', links.batch, { ...json, rateLimit: threeHourly }),
  route('POST', 'richmenu/validate/batch', links.validateBatch, json),
  route('GET', 'richmenu/progress/batch', links.batchProgress, { rateLimit: hundredHourly }),
  route('POST', 'richmenu/alias', createAlias, json),
  route('GET', 'richmenu/alias/list', listAliases),
  route('GET', 'richmenu/alias/{richMenuAliasId}', getAlias),
  route('POST', 'richmenu/alias/{richMenuAliasId}', updateAlias, json),
  route('DELETE', 'richmenu/alias/{richMenuAliasId}', deleteAlias, { rateLimit: hundredHourly }),
];
