/** PUBLIC: A/B tests on blocks and pages. */
import type { VariantKey } from '../../shared/access';
import type { Viewer } from '../access';
import { defineService } from '../kernel';

export interface ExperimentsService {
  /**
   * The entry a test of pages shows this viewer at the address of its first variant; null when no
   * test is about this entry. Who asks tells `exposed` when it was shown.
   */
  pageFor(uid: string, documentId: string, viewer: Viewer): Promise<PageOfTest | null>;
  /**
   * Of these experiments those that run: only their people are counted. Asked before anything is
   * worked out about who met what.
   */
  running(ids: readonly string[] | 'any'): Promise<readonly RunningVariants[]>;
  /**
   * This person has now met these experiments. Counted once; who may not be recognised is not. Never
   * fails: no page depends on being counted.
   */
  exposed(viewer: Viewer, ids: readonly string[]): Promise<void>;
}

export interface PageOfTest {
  readonly documentId: string;
  /** documentId of the test. */
  readonly experiment: string;
}

export interface RunningVariants {
  readonly documentId: string;
  readonly keys: readonly VariantKey[];
}

/** Typed getter: `experimentsService(strapi).exposed(…)`. */
export const experimentsService = defineService<ExperimentsService>('experiments');
