import { z } from 'zod';

const schema = z.object({ next: z.string() });

/** Where the person who asked for a link or code wanted to go. */
export const nextOfToken = (data: unknown): string => schema.parse(data).next;
