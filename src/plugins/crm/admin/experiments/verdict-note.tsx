import { Alert, Box } from '@strapi/design-system';

import type { ExperimentDetail } from '../../shared/experiments';
import { useText } from './text';

const VARIANTS = {
  'too-early': 'default',
  undecided: 'default',
  'ratio-mismatch': 'danger',
  winner: 'success',
} as const;

/** What the numbers say, in a sentence an editor can act on. */
export function VerdictNote({ experiment }: { readonly experiment: ExperimentDetail }) {
  const text = useText();
  const { result, variants } = experiment;
  if (!result) return null;
  const name = variants.find(({ key }) => key === result.winner)?.name ?? '';
  return (
    <Box role="status">
      <Alert
        closeLabel=""
        onClose={undefined}
        variant={VARIANTS[result.verdict]}
        title={text(`experiments.verdict.${result.verdict}`, { name })}
      >
        {text(`experiments.verdict.${result.verdict}-hint`)}
      </Alert>
    </Box>
  );
}
