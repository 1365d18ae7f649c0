import { Button, Flex } from '@strapi/design-system';
import { z } from 'zod';

import { useCrmMutation } from '../../ui';

import { useText } from '../text';

const decidedSchema = z.object({ data: z.object({ id: z.number() }) });

/** Nobody can tell whether it arrived: a person looks it up with the provider and says. */
export function Decide({ messageId, onDecided }: { messageId: number; onDecided: () => void }) {
  const text = useText();
  const decide = useCrmMutation(decidedSchema, (decision: 'resend' | 'sent') => ({
    method: 'POST',
    path: `/crm/messages/${messageId}/decide`,
    body: { decision },
  }));
  const run = async (decision: 'resend' | 'sent') => {
    await decide.run(decision);
    onDecided();
  };
  return (
    <Flex gap={2} wrap="wrap">
      {(['sent', 'resend'] as const).map((decision) => (
        <Button
          key={decision}
          size="S"
          variant="tertiary"
          loading={decide.isRunning}
          onClick={() => void run(decision)}
        >
          {text(`delivery.decide.${decision}`)}
        </Button>
      ))}
    </Flex>
  );
}
