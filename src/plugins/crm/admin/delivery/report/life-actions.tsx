import { useState } from 'react';

import { Button, Flex } from '@strapi/design-system';
import { z } from 'zod';

import { campaignSchema, type Campaign, type CampaignStatus } from '../../../shared/delivery';
import { ConfirmDialog, useCrmMutation } from '../../ui';

import { useText } from '../text';

const answerSchema = z.object({ data: campaignSchema });

const ACTIONS: Readonly<
  Record<CampaignStatus, readonly ('pause' | 'resume' | 'unschedule' | 'cancel')[]>
> = {
  draft: [],
  scheduled: ['unschedule', 'cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  sent: [],
  cancelled: [],
};

interface LifeActionsProps {
  readonly campaign: Campaign;
  readonly onChanged: () => void;
}

/** Stop, go on, give up. */
export function LifeActions({ campaign, onChanged }: LifeActionsProps) {
  const text = useText();
  const [isAsking, setAsking] = useState(false);
  const step = useCrmMutation(answerSchema, (action: string) => ({
    method: 'POST',
    path: `/crm/campaigns/${campaign.documentId}/${action}`,
    body: {},
  }));
  const run = async (action: string) => {
    await step.run(action);
    setAsking(false);
    onChanged();
  };
  return (
    <Flex gap={2}>
      {ACTIONS[campaign.status].map((action) => (
        <Button
          key={action}
          variant={action === 'cancel' ? 'danger-light' : 'secondary'}
          loading={step.isRunning}
          onClick={() => (action === 'cancel' ? setAsking(true) : void run(action))}
        >
          {text(`delivery.action.${action}`)}
        </Button>
      ))}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        variant="danger"
        title={text('delivery.action.cancel-ask')}
        confirmLabel={text('delivery.action.cancel')}
        onConfirm={() => void run('cancel')}
        isRunning={step.isRunning}
      >
        {text('delivery.action.cancel-what')}
      </ConfirmDialog>
    </Flex>
  );
}
