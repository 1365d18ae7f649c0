import { Box, Typography } from '@strapi/design-system';

import type { ExperimentDetail } from '../../shared/experiments';
import { useText } from './text';

const COLOURS = {
  'too-early': 'primary',
  undecided: 'primary',
  'ratio-mismatch': 'danger',
  winner: 'success',
} as const;

/** What the numbers say, in a sentence an editor can act on. */
export function VerdictNote({ experiment }: { readonly experiment: ExperimentDetail }) {
  const text = useText();
  const { result, variants, state } = experiment;
  if (!result || state === 'permanent') return null;
  const name = variants.find(({ key }) => key === result.winner)?.name ?? '';
  const colour = COLOURS[result.verdict];
  return (
    <Box
      role="status"
      background={`${colour}100`}
      borderColor={`${colour}200`}
      hasRadius
      padding={5}
    >
      <Typography tag="p" fontWeight="bold">
        {text(`experiments.verdict.${result.verdict}`, { name })}
      </Typography>
      <Typography tag="p">{text(`experiments.verdict.${result.verdict}-hint`)}</Typography>
    </Box>
  );
}
