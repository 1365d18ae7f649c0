import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Platform } from '../platform';
import { savedStateSchema, type SavedState } from './saved-schema';

const SAVE_AFTER_MS = 1000;

export interface Persistence {
  /** Writes what is not written yet; call it last. */
  close(): void;
}

/** Keeps people, friendships, chats and rich menus in a JSON file. */
export function persistTo(platform: Platform, file: string): Persistence {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) restore(platform, readSaved(file));
  let timer: NodeJS.Timeout | undefined;
  let writing = false;

  function schedule(): void {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (writing) return schedule();
      writing = true;
      const partial = `${file}.partial`;
      writeFile(partial, JSON.stringify(snapshot(platform)))
        .then(() => rename(partial, file))
        .catch((error: unknown) => process.stderr.write(`State was not saved: ${String(error)}\n`))
        .finally(() => {
          writing = false;
        });
    }, SAVE_AFTER_MS);
    timer.unref();
  }

  platform.onChange(schedule);
  return {
    close() {
      if (timer) clearTimeout(timer);
      const partial = `${file}.closing`;
      writeFileSync(partial, JSON.stringify(snapshot(platform)));
      renameSync(partial, file);
    },
  };
}

function readSaved(file: string): SavedState {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return savedStateSchema.parse(content);
}

function snapshot(platform: Platform): SavedState {
  return {
    version: 1,
    users: [...platform.state.users.values()],
    consents: [...platform.login.consents],
    channels: [...platform.state.channels.values()].map((channel) => ({
      id: channel.id,
      botUserId: channel.botUserId,
      quota: channel.quota,
      friendships: [...channel.friendships.values()],
      richMenus: [...channel.richMenus.values()].map(({ image, ...menu }) => ({
        ...menu,
        ...(image
          ? { image: { contentType: image.contentType, base64: image.bytes.toString('base64') } }
          : {}),
      })),
      richMenuAliases: [...channel.richMenuAliases],
      coupons: [...channel.coupons.values()],
      ...(channel.defaultRichMenuId ? { defaultRichMenuId: channel.defaultRichMenuId } : {}),
    })),
  };
}

/** Accounts keep the secrets they were started with; the rest comes from the file. */
function restore(platform: Platform, saved: SavedState): void {
  for (const user of saved.users) platform.state.users.set(user.id, user);
  for (const userId of saved.consents) platform.login.consents.add(userId);
  for (const kept of saved.channels) {
    const channel = platform.state.channels.get(kept.id);
    if (!channel) continue;
    channel.botUserId = kept.botUserId;
    channel.quota = kept.quota;
    for (const friendship of kept.friendships) {
      channel.friendships.set(friendship.userId, friendship);
    }
    for (const { image, ...menu } of kept.richMenus) {
      channel.richMenus.set(menu.richMenuId, {
        ...menu,
        ...(image
          ? {
              image: {
                contentType: image.contentType,
                bytes: Buffer.from(image.base64, 'base64'),
              },
            }
          : {}),
      });
    }
    for (const [alias, richMenuId] of kept.richMenuAliases) {
      channel.richMenuAliases.set(alias, richMenuId);
    }
    for (const coupon of kept.coupons) channel.coupons.set(coupon.couponId, coupon);
    channel.defaultRichMenuId = kept.defaultRichMenuId;
  }
}
