import { Typography } from '@strapi/design-system';

import { useFormat } from '../ui';
import { noonOf, urgencyOf } from './day';
import { useText } from './text';

interface DueLabelProps {
  readonly dueOn: string | null;
  readonly today: string;
}

const COLORS = { overdue: 'danger600', today: 'warning600', later: 'neutral600' } as const;

/** The day a task is due, and in words when it presses: colour alone would not be heard. */
export function DueLabel({ dueOn, today }: DueLabelProps) {
  const text = useText();
  const format = useFormat();
  if (dueOn === null) return null;
  const urgency = urgencyOf(dueOn, today);
  const words = urgency === 'later' ? '' : text(`activities.task.${urgency}`);
  return (
    <Typography variant="pi" textColor={COLORS[urgency]}>
      {[format.date(noonOf(dueOn)), words].filter((part) => part !== '').join(' ')}
    </Typography>
  );
}
