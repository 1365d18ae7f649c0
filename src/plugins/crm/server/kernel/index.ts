/** What every feature may use. The kernel knows Strapi and no feature. */
export { adminUrl } from './admin-url';
export { countInserted, insertBulk, whereAmong, type BulkInsert, type BulkRow } from './bulk';
export { clock, type Clock } from './clock';
export { type ComponentSchema } from './components';
export { crmConfig, type CrmConfig, type LineAccountConfig } from './config';
export { constantTimeEqual, randomToken, sha256, sign, verifySigned } from './crypto';
export { chunked, database, INSERT_CHUNK, isPostgres, type Database } from './database';
export { defineFeature, type AdminPermission, type FeatureManifest } from './define-feature';
export {
  defineEvent,
  drainEvents,
  subscribe,
  subscribeTogether,
  type DomainEventToken,
  type EventContext,
  type EventSubscriber,
} from './domain-events';
export { defineExtensionPoint, type Extension, type ExtensionPoint } from './extension-point';
export { giveWay, isVisited, letPagesPass, standAside } from './foreground';
export { joinFramed, type Frame, type FramedText } from './framed-text';
export {
  healthChecks,
  type HealthCheck,
  type HealthFinding,
  type HealthParam,
  type HealthState,
} from './health';
export { heavyRead } from './heavy-reads';
export { action, answerRefusal, controller, parseInput, type ActionRequest } from './http';
export { jobs, type JobEngine, type QueueWorker, type Schedule } from './jobs';
export { isLocale, localeOf, type Locale } from './locale';
export { organisationIn } from './organisation';
export { translate, type Messages } from './messages';
export { forgetNode, knownNodes, NODE_SILENT_MS, type NodeRow } from './nodes';
export { isInsideAddress, outbound, type Outbound, type OutboundRule } from './outbound';
export { personalData, type PersonalData } from './personal-data';
export { nodeMemory, type NodeMemory } from './node-memory';
export { preparedIn, preparedRead } from './prepared-read';
export { runForEach } from './prepared-write';
export { hitRateLimit, type RateLimit } from './rate-limit';
export { placesTaken, rateWindow, type Asked, type Place, type RateWindow } from './rate-window';
export { refuse, success, type FieldIssue, type Refusal, type Result } from './result';
export {
  adminRoute,
  pageRoute,
  publicRoute,
  staffRoute,
  tokenRoute,
  type FeatureRoute,
} from './routes';
export { scheduleRuns, type ScheduleRun } from './schedule-runs';
export { defineService, type ServiceProvider, type ServiceToken } from './service-token';
export { type Migration, type MigrationSchema } from './tables';
export { inTransaction, type UnitOfWork } from './unit-of-work';
export { keepBatchesYoung } from './young-batches';
