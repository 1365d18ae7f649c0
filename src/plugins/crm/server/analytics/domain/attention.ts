/** What a person should look at, worst first. Pure: from facts to a list. */
import type { AttentionItem, AttentionKind } from '../../../shared/analytics';

export interface AttentionFacts {
  /** Handed to a provider that never answered. */
  readonly unknownMessages: number;
  /** Failed for good within the last seven days. */
  readonly failedMessages: number;
  /** Somebody else has to approve them before anything is sent. */
  readonly awaitingCampaigns: number;
  readonly pausedCampaigns: number;
  readonly draftCampaigns: number;
  /** Stored LINE events that should have been worked on minutes ago. */
  readonly lateLineEvents: number;
  readonly deadLineEvents: number;
  /** Background work given up after many attempts. */
  readonly deadDeliveries: number;
  /** Messages left this month at the account that has fewest; null without a limit. */
  readonly lineQuota: { readonly left: number; readonly limit: number } | null;
}

/** Below a fifth, a campaign to everybody would probably not get through. */
const LOW_QUOTA_SHARE = 0.2;

interface Rule {
  readonly kind: AttentionKind;
  readonly severity: AttentionItem['severity'];
  readonly path: string | null;
  readonly count: (facts: AttentionFacts) => number;
  /** When a count of zero matters too. */
  readonly applies?: (facts: AttentionFacts) => boolean;
}

const isQuotaLow = ({ lineQuota }: AttentionFacts): boolean =>
  lineQuota !== null && lineQuota.left < lineQuota.limit * LOW_QUOTA_SHARE;

const RULES: readonly Rule[] = [
  {
    kind: 'unknown-messages',
    severity: 'danger',
    path: 'campaigns',
    count: (facts) => facts.unknownMessages,
  },
  {
    kind: 'failed-messages',
    severity: 'danger',
    path: 'campaigns',
    count: (facts) => facts.failedMessages,
  },
  {
    kind: 'line-events-dead',
    severity: 'danger',
    path: 'settings',
    count: (facts) => facts.deadLineEvents,
  },
  { kind: 'work-given-up', severity: 'danger', path: null, count: (facts) => facts.deadDeliveries },
  {
    kind: 'line-quota-low',
    severity: 'warning',
    path: 'settings',
    count: (facts) => facts.lineQuota?.left ?? 0,
    applies: isQuotaLow,
  },
  {
    kind: 'line-events-waiting',
    severity: 'warning',
    path: 'settings',
    count: (facts) => facts.lateLineEvents,
  },
  {
    kind: 'awaiting-campaigns',
    severity: 'warning',
    path: 'campaigns?status=awaiting',
    count: (facts) => facts.awaitingCampaigns,
  },
  {
    kind: 'paused-campaigns',
    severity: 'warning',
    path: 'campaigns?status=paused',
    count: (facts) => facts.pausedCampaigns,
  },
  {
    kind: 'draft-campaigns',
    severity: 'notice',
    path: 'campaigns?status=draft',
    count: (facts) => facts.draftCampaigns,
  },
];

export function attentionOf(facts: AttentionFacts): AttentionItem[] {
  return RULES.filter((rule) => rule.applies?.(facts) ?? rule.count(facts) > 0).map(
    ({ kind, severity, path, count }) => ({ kind, severity, path, count: count(facts) }),
  );
}
