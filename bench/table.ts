import type { Bench } from './bench';
import { campaignExpand } from './campaign-expand';
import { csvImport, csvImportMillion } from './csv-import';
import { customerList, customerSearch } from './customer-list';
import { emailSend } from './email-send';
import { eventIngest } from './event-ingest';
import { linePush } from './line-push';
import { lineWebhook } from './line-webhook';
import { loginTiming } from './login-timing';
import { pageAnonymous } from './page-anonymous';
import { pageDuringCount } from './page-during-count';
import { pageDuringFlood } from './page-during-flood';
import { pageDuringSend } from './page-during-send';
import { pageLarge } from './page-large';
import { pagePersonalised } from './page-personalised';
import { segmentCount } from './segment-count';
import { segmentRebuild } from './segment-rebuild';
import { timeline } from './timeline';

/** One line a bench. */
export const benches: readonly Bench[] = [
  pagePersonalised,
  pageAnonymous,
  pageLarge,
  pageDuringCount,
  pageDuringSend,
  pageDuringFlood,
  emailSend,
  campaignExpand,
  linePush,
  lineWebhook,
  segmentCount,
  segmentRebuild,
  csvImport,
  csvImportMillion,
  customerList,
  customerSearch,
  timeline,
  eventIngest,
  loginTiming,
];
