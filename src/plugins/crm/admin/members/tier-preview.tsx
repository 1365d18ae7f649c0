import { Box, Typography } from '@strapi/design-system';

import type { TierPreview } from '../../shared/tiers';
import { useFormat } from '../ui';
import { useText } from './text';

interface TierPreviewProps {
  readonly preview: TierPreview;
  readonly names: ReadonlyMap<string, string>;
}

/** How many people would move from where to where. */
export function TierPreviewText({ preview, names }: TierPreviewProps) {
  const text = useText();
  const format = useFormat();
  const nameOf = (key: string) => names.get(key) ?? (key || text('members.tiers.none'));
  const { up, down, same, locked, moves } = preview;
  const counts = { up: format.number(up), down: format.number(down) };
  return (
    <Box width="100%">
      <Typography tag="p">
        {up + down === 0 ? text('members.tiers.nobody-moves') : text('members.tiers.moves', counts)}
      </Typography>
      <Box tag="ul" paddingTop={2} paddingBottom={2}>
        {moves.map(({ from, to, people }) => (
          <Typography key={`${from}>${to}`} tag="li">
            {nameOf(from)} → {nameOf(to)}:{' '}
            {text('members.people', { count: format.number(people) })}
          </Typography>
        ))}
      </Box>
      <Typography variant="pi" tag="p" textColor="neutral600">
        {text('members.tiers.stay', { same: format.number(same), locked: format.number(locked) })}
      </Typography>
    </Box>
  );
}
