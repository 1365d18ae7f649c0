import type { Bench } from './bench';
import { csvImport, csvImportMillion } from './csv-import';
import { emailSend } from './email-send';
import { pagePersonalised } from './page-personalised';
import { segmentCount } from './segment-count';

/** One line a bench. */
export const benches: readonly Bench[] = [
  pagePersonalised,
  emailSend,
  segmentCount,
  csvImport,
  csvImportMillion,
];
