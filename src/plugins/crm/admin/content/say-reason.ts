/** Says in a sentence why somebody gets a block or the page, or does not. Pure. */
import type { PreviewAnswer, PreviewBlock, PreviewClause } from '../../shared/preview';
import { sayAudience, type Speaker } from '../access/sentence';
import type { Text } from '../ui';
import type { ContentKey } from './text';

export interface ReasonSpeaker {
  readonly text: Text<ContentKey>;
  readonly audience: Speaker;
}

const clauseOf = ({ audience }: ReasonSpeaker, { clause }: PreviewClause): string =>
  sayAudience(audience, clause);

export function sayBlockReason(speaker: ReasonSpeaker, block: PreviewBlock): string {
  const { text } = speaker;
  const { outcome, broken, rule, because, winner } = block;
  if (broken) return text('content.why.broken');
  if (outcome === 'behind-gate') return text('content.why.behind-gate');
  if (outcome === 'slot-taken') {
    return text('content.why.slot-taken', { slot: rule?.slot ?? '', winner: winner ?? '' });
  }
  if (!rule || !because || rule.audience.type === 'everyone') return text('content.why.everyone');
  return text(`content.why.${because.met}`, { clause: clauseOf(speaker, because) });
}

export function sayEntryReason(speaker: ReasonSpeaker, entry: PreviewAnswer['entry']): string {
  const { text } = speaker;
  const { access, because, broken, allowed } = entry;
  if (broken) return text('content.why.entry.broken');
  if (!access || !because || access.audience.type === 'everyone') {
    return text('content.why.entry.everyone');
  }
  const sentence = text(`content.why.entry.${because.met}`, { clause: clauseOf(speaker, because) });
  return allowed ? sentence : sentence + text(`content.why.otherwise.${access.otherwise}`);
}
