/** PUBLIC: banners and pop-ups on the site (Web接客). */
import type { OnsiteMessage, OnsiteQuery, OnsiteReport } from '../../shared/onsite';
import type { Viewer } from '../access';
import { defineService } from '../kernel';

export interface OnsiteService {
  /** What a page shows this viewer: at most one banner and one pop-up, within the caps. */
  messagesFor(viewer: Viewer, query: OnsiteQuery): Promise<readonly OnsiteMessage[]>;
  /** Every message with what was counted. */
  report(): Promise<readonly OnsiteReport[]>;
}

/** Typed getter: `onsiteService(strapi).messagesFor(…)`. */
export const onsiteService = defineService<OnsiteService>('onsite');
