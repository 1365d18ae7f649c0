/** Friend routes: a link and a QR code each, and what came of the people who came by it. */
import { z } from 'zod';

export const friendRouteSchema = z.object({
  documentId: z.string(),
  name: z.string(),
  /** In the address. */
  key: z.string(),
  url: z.string(),
  /** Times the link was opened. */
  opens: z.number(),
  /** People who became friends by it. */
  friends: z.number(),
  /** Of these, friends now. */
  following: z.number(),
  /** Of these, known as customers. */
  members: z.number(),
  /** What they bought since. */
  orders: z.number(),
  amount: z.number(),
});
export type FriendRoute = z.infer<typeof friendRouteSchema>;

export const friendRouteAnswerSchema = z.object({
  data: friendRouteSchema.extend({
    /** `data:` addresses of the QR code. */
    png: z.string(),
    svg: z.string(),
    /** False: no LINE Login channel, so nobody can be told to have come by it. */
    isAttributed: z.boolean(),
  }),
});
