import { conversationRoutes } from './admin/conversation';
import { phoneRoutes } from './admin/phone';
import { userRoutes } from './admin/users';
import { webhookRoutes } from './admin/webhooks';
import { worldRoutes } from './admin/world';
import { audienceRoutes } from './api/audiences/routes';
import { channelTokenRoutes } from './api/channel-tokens';
import { chatRoutes } from './api/chat';
import { couponRoutes } from './api/coupons/routes';
import { insightRoutes } from './api/insight';
import { messageRoutes } from './api/messages/routes';
import { peopleRoutes } from './api/people';
import { richMenuRoutes } from './api/rich-menu/routes';
import { webhookEndpointRoutes } from './api/webhook-endpoint';
import type { Route } from './http/route';
import { loginRoutes } from './login/routes';

/** Everything the emulator answers, in one place. */
export const allRoutes: Route[] = [
  ...messageRoutes,
  ...peopleRoutes,
  ...webhookEndpointRoutes,
  ...channelTokenRoutes,
  ...chatRoutes,
  ...richMenuRoutes,
  ...insightRoutes,
  ...couponRoutes,
  ...audienceRoutes,
  ...loginRoutes,
  ...userRoutes,
  ...conversationRoutes,
  ...webhookRoutes,
  ...worldRoutes,
  ...phoneRoutes,
];
