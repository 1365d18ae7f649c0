/** PUBLIC: entries published and taken down at a set minute. */
import type { PublicationPlan, PublicationTarget } from '../../shared/publishing';
import { defineService, type Result } from '../kernel';

/** What waits for one entry; `failed` says why the last step did not happen. */
export interface PlanState extends Pick<PublicationPlan, 'publishAt' | 'unpublishAt'> {
  readonly failed: string | null;
}

export interface PublishingService {
  planOf(target: PublicationTarget): Promise<PlanState>;
  /** Replaces what waited before; both times null cancels it. */
  changePlan(plan: PublicationPlan): Promise<Result<PlanState>>;
}

/** Typed getter: `publishingService(strapi).changePlan(…)`. */
export const publishingService = defineService<PublishingService>('publishing');
