/** Says of every block whether one viewer gets it, and which clause decided: the gate's own trace. */
import { accessSchema, type Audience, type BlockAudience } from '../../../shared/access';
import type { PreviewBlock } from '../../../shared/preview';
import type { BlockVerdict, DecidingClause, Entity, EntryDecision, GatedEntry } from '../../access';
import { placedBlocks, visibleBlocks, type Layout } from '../domain/placed-blocks';
import type { BlockSummary, ContentDocument, EntryExplanation } from '../index';

type Trace = (block: Entity, verdict: BlockVerdict) => void;
type Summary = Omit<BlockSummary, 'key'>;

export interface ExplainInput {
  readonly document: ContentDocument;
  readonly layout: Layout;
  readonly accessField: string | undefined;
  readonly gate: (trace: Trace) => GatedEntry;
  readonly because: (audience: Audience) => DecidingClause;
  readonly summaryOf: (component: string, block: Entity) => Summary;
}

export function explainEntry(input: ExplainInput): EntryExplanation {
  const verdicts = new Map<Entity, BlockVerdict>();
  const { decision, document } = input.gate((block, verdict) => verdicts.set(block, verdict));
  return {
    document: input.document,
    entry: explainAccess(input, decision),
    blocks: explainBlocks(input, verdicts, document ?? {}),
  };
}

function explainAccess(input: ExplainInput, decision: EntryDecision): EntryExplanation['entry'] {
  const stored = input.document[input.accessField ?? ''] ?? null;
  const read = stored === null ? null : accessSchema.safeParse(stored);
  const access = read?.success ? read.data : null;
  return {
    allowed: decision.allow,
    access,
    broken: read?.success === false,
    because: access && input.because(access.audience),
  };
}

function explainBlocks(
  input: ExplainInput,
  verdicts: ReadonlyMap<Entity, BlockVerdict>,
  gated: Entity,
): PreviewBlock[] {
  const seen = visibleBlocks(gated, input.layout);
  const placed = placedBlocks(input.document, input.layout);
  const own = placed.map(({ key, block, identity }): PreviewBlock => {
    const verdict = verdicts.get(block);
    const shown = seen.has(identity);
    const outcome = verdict?.outcome ?? (shown ? 'shown' : 'behind-gate');
    const summary = input.summaryOf(block.__component, block);
    return { key, ...summary, ...reasonOf(input, verdict), outcome };
  });
  const ofZones = new Set<Entity>(placed.map(({ block }) => block));
  const inner = [...verdicts]
    .filter(([block, { rule }]) => !isOpen(rule) && !ofZones.has(block))
    .map(([block, verdict]): PreviewBlock => {
      const summary = input.summaryOf(verdict.component, block);
      return { key: '', ...summary, ...reasonOf(input, verdict), outcome: verdict.outcome };
    });
  return [...own, ...inner];
}

/** What stands inside a block is only listed when somebody made a rule for it. */
const isOpen = (rule: BlockAudience | null): boolean =>
  rule?.audience.type === 'everyone' && rule.slot === undefined;

function reasonOf(
  input: ExplainInput,
  verdict: BlockVerdict | undefined,
): Pick<PreviewBlock, 'rule' | 'broken' | 'because' | 'winner'> {
  if (!verdict) return { rule: null, broken: false, because: null, winner: null };
  const { rule, winner, outcome } = verdict;
  const won = winner && input.summaryOf(String(winner.__component ?? verdict.component), winner);
  return {
    rule: isOpen(rule) ? null : rule,
    broken: rule === null,
    because: rule && input.because(rule.audience),
    winner:
      outcome === 'slot-taken' && won ? [won.displayName, won.excerpt].join(' ').trim() : null,
  };
}
