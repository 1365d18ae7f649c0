import { adminRoute, pageRoute, publicRoute } from '../kernel';

const READ = 'campaigns.read';
const UPDATE = 'campaigns.update';
const SEND = 'campaigns.send';
const RULES = 'campaigns.rules';

export const deliveryRoutes = [
  adminRoute('GET', '/campaigns', 'campaigns.list', READ),
  adminRoute('POST', '/campaigns', 'campaigns.create', UPDATE),
  adminRoute('GET', '/sending-rules', 'sending-rules.show', READ),
  adminRoute('PUT', '/sending-rules', 'sending-rules.save', RULES),
  adminRoute('GET', '/sender-domain', 'sending-rules.domain', READ),
  adminRoute('GET', '/topics', 'topics.list', READ),
  adminRoute('POST', '/topics', 'topics.create', RULES),
  adminRoute('PUT', '/topics/:id', 'topics.update', RULES),
  adminRoute('DELETE', '/topics/:id', 'topics.remove', RULES),
  adminRoute('GET', '/campaigns/sources', 'campaigns.sources', READ),
  adminRoute('GET', '/campaigns/blocks', 'campaigns.blocks', READ),
  adminRoute('GET', '/campaigns/channels', 'campaigns.channels', READ),
  adminRoute('POST', '/campaigns/preview', 'campaigns.preview', READ, 'customers.read'),
  adminRoute('POST', '/campaigns/audience', 'campaigns.audience', READ),
  adminRoute('POST', '/campaigns/test-send', 'campaigns.testSend', UPDATE),
  adminRoute('GET', '/campaigns/:id', 'campaigns.find', READ),
  adminRoute('PUT', '/campaigns/:id', 'campaigns.update', UPDATE),
  adminRoute('DELETE', '/campaigns/:id', 'campaigns.remove', UPDATE),
  adminRoute('GET', '/campaigns/:id/preview', 'campaigns.look', READ),
  adminRoute('POST', '/campaigns/:id/send', 'campaigns.send', SEND),
  adminRoute('POST', '/campaigns/:id/resend', 'campaigns.resend', UPDATE),
  adminRoute('POST', '/campaigns/:id/winner', 'campaigns.winner', SEND),
  adminRoute('POST', '/campaigns/:id/approve', 'campaigns.approve', SEND),
  adminRoute('POST', '/campaigns/:id/reject', 'campaigns.reject', SEND),
  adminRoute('POST', '/campaigns/:id/schedule', 'campaigns.schedule', SEND),
  adminRoute('POST', '/campaigns/:id/unschedule', 'campaigns.unschedule', SEND),
  adminRoute('POST', '/campaigns/:id/pause', 'campaigns.pause', SEND),
  adminRoute('POST', '/campaigns/:id/resume', 'campaigns.resume', SEND),
  adminRoute('POST', '/campaigns/:id/cancel', 'campaigns.cancel', SEND),
  adminRoute('GET', '/campaigns/:id/report', 'campaigns.report', READ),
  adminRoute('GET', '/campaigns/:id/recipients', 'campaigns.recipients', READ, 'customers.read'),
  adminRoute('GET', '/messages/unknown', 'campaigns.unknown', READ, 'customers.read'),
  adminRoute('POST', '/messages/:id/decide', 'campaigns.decide', SEND),
  publicRoute('POST', '/mail-feedback/:provider', 'delivery-feedback.receive'),
  pageRoute('GET', '/r/:token', 'delivery-pages.click'),
  pageRoute('GET', '/o/:token', 'delivery-pages.open'),
  pageRoute('GET', '/m/unsubscribe/:token', 'delivery-pages.showUnsubscribe'),
  pageRoute('POST', '/m/unsubscribe/:token', 'delivery-pages.unsubscribe'),
  pageRoute('GET', '/m/preferences', 'delivery-pages.showPreferences'),
  pageRoute('POST', '/m/preferences', 'delivery-pages.savePreferences'),
];
