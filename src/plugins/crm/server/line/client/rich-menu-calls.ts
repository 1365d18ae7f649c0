/** LINE's calls about rich menus. */
import type { messagingApi } from '@line/bot-sdk';

import { mapped, type Caller, type LineAnswer } from './caller';

/** LINE takes 500 people a call. */
export const MENU_PEOPLE = 500;

export interface RichMenuCalls {
  /** Makes a menu without a picture; its id. Never repeated: LINE takes no retry key here. */
  createMenu(menu: messagingApi.RichMenuRequest): Promise<LineAnswer<string>>;
  /** Once a menu: LINE refuses a second picture. */
  uploadMenuPicture(richMenuId: string, png: Buffer): Promise<LineAnswer<null>>;
  deleteMenu(richMenuId: string): Promise<LineAnswer<null>>;
  /** The menu of everybody who has none by name; null takes it away. */
  setMenuForAll(richMenuId: string | null): Promise<LineAnswer<null>>;
  /** Taken at once and done a moment later. Null: back to the account's own. */
  giveMenu(richMenuId: string | null, userIds: readonly string[]): Promise<LineAnswer<null>>;
}

export function richMenuCalls({ authorised, repeated }: Caller): RichMenuCalls {
  return {
    createMenu: async (menu) =>
      mapped(await authorised((api) => api.createRichMenu(menu)), (made) => made.richMenuId),
    async uploadMenuPicture(richMenuId, png) {
      const picture = new Blob([new Uint8Array(png)], { type: 'image/png' });
      const answer = await repeated((_, { blobs }) => blobs.setRichMenuImage(richMenuId, picture));
      return mapped(answer, () => null);
    },
    deleteMenu: async (richMenuId) =>
      mapped(await repeated((api) => api.deleteRichMenu(richMenuId)), () => null),
    setMenuForAll: async (richMenuId) =>
      mapped(
        await repeated((api) =>
          richMenuId === null ? api.cancelDefaultRichMenu() : api.setDefaultRichMenu(richMenuId),
        ),
        () => null,
      ),
    async giveMenu(richMenuId, people) {
      const userIds = [...people];
      const answer = await repeated((api) =>
        richMenuId === null
          ? api.unlinkRichMenuIdFromUsers({ userIds })
          : api.linkRichMenuIdToUsers({ richMenuId, userIds }),
      );
      return mapped(answer, () => null);
    },
  };
}
