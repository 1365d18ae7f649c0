import { CheckCircle, CrossCircle, WarningCircle } from '@strapi/icons';

import type { HealthState } from '../../shared/health';
import { useText } from './text';

const LOOKS = {
  green: [CheckCircle, 'success600'],
  yellow: [WarningCircle, 'warning600'],
  red: [CrossCircle, 'danger600'],
} as const;

/** Green, yellow, red: a shape of its own each, and a word for who does not see it. */
export function StateMark({ state, size = '2rem' }: { state: HealthState; size?: string }) {
  const text = useText();
  const [Icon, color] = LOOKS[state];
  return (
    <Icon
      fill={color}
      width={size}
      height={size}
      style={{ flexShrink: 0 }}
      role="img"
      aria-label={text(`health.state.${state}`)}
    />
  );
}
