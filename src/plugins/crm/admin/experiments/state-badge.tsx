import { Badge } from '@strapi/design-system';

import type { Experiment } from '../../shared/experiments';
import { useText } from './text';

const COLOURS = {
  draft: ['neutral150', 'neutral700'],
  running: ['success100', 'success700'],
  stopped: ['neutral150', 'neutral700'],
  permanent: ['primary100', 'primary700'],
} as const;

/** Where an experiment stands, in words: the colour only repeats them. */
export function StateBadge({ state }: Pick<Experiment, 'state'>) {
  const text = useText();
  const [background, color] = COLOURS[state];
  return (
    <Badge backgroundColor={background} textColor={color}>
      {text(`experiments.state.${state}`)}
    </Badge>
  );
}
