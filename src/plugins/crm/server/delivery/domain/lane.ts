/**
 * A lane is what one worker drains: the rows of one campaign, or of none (`direct`), on one
 * channel. As a job's pointer it reads `campaign-12:email` or `direct:email`.
 */
export interface Lane {
  readonly campaignId: number | null;
  readonly channel: string;
}

export const lanePointer = ({ campaignId, channel }: Lane): string =>
  `${campaignId === null ? 'direct' : `campaign-${campaignId}`}:${channel}`;

export function parseLane(pointer: string): Lane | null {
  const match = /^(?:direct|campaign-(\d+)):([a-z-]+)$/.exec(pointer);
  if (!match?.[2]) return null;
  return { campaignId: match[1] === undefined ? null : Number(match[1]), channel: match[2] };
}
