/** Files of the media library, and their end. */
import { z } from 'zod';

import type { TestApp } from './app';

const fileSchema = z.object({ id: z.number(), url: z.string() });
export type UploadedFile = z.output<typeof fileSchema>;

export interface Uploads {
  add(name: string, type: string, bytes: Buffer): Promise<UploadedFile>;
  /** What was added, off the disk too. */
  remove(): Promise<void>;
}

export async function uploads({ strapi, origin }: TestApp): Promise<Uploads> {
  const made = await strapi.service('admin::api-token').create({
    name: `uploads ${Math.random()}`,
    description: '',
    type: 'full-access',
    lifespan: null,
  });
  const added: number[] = [];
  return {
    async add(name, type, bytes) {
      const form = new FormData();
      form.append('files', new Blob([new Uint8Array(bytes)], { type }), name);
      const answer = await fetch(`${origin}/api/upload`, {
        method: 'POST',
        headers: { authorization: `Bearer ${String(made.accessKey)}` },
        body: form,
      });
      const [file] = z.array(fileSchema).parse(await answer.json());
      if (!file) throw new Error('nothing was uploaded');
      added.push(file.id);
      return file;
    },
    async remove() {
      const upload = strapi.plugin('upload').service('upload') as {
        findOne(id: number): Promise<object | null>;
        remove(file: object): Promise<void>;
      };
      for (const id of added) {
        const file = await upload.findOne(id);
        if (file) await upload.remove(file);
      }
    },
  };
}
