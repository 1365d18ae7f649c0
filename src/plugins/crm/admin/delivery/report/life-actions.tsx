import { useState } from 'react';

import { Button, Flex } from '@strapi/design-system';
import { z } from 'zod';

import {
  campaignSchema,
  type Campaign,
  type CampaignReport,
  type CampaignStatus,
} from '../../../shared/delivery';
import { ConfirmDialog, useCrmMutation } from '../../ui';

import { useText } from '../text';

const answerSchema = z.object({ data: campaignSchema });

type Action = 'approve' | 'reject' | 'pause' | 'resume' | 'unschedule' | 'cancel';

const ACTIONS: Readonly<Record<CampaignStatus, readonly Action[]>> = {
  draft: [],
  awaiting: ['approve', 'reject', 'cancel'],
  scheduled: ['unschedule', 'cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  sent: [],
  cancelled: [],
};

/** What agrees to the words that are on the screen. */
const AGREES: ReadonlySet<string> = new Set(['approve', 'resume']);

const LOOK: Partial<Record<Action, 'danger-light' | 'default'>> = {
  approve: 'default',
  cancel: 'danger-light',
};

interface LifeActionsProps {
  readonly campaign: Campaign;
  /** What is before the eyes of whoever approves. */
  readonly asks: CampaignReport['asks'];
  readonly onChanged: () => void;
}

/** Stop, go on, give up. */
export function LifeActions({ campaign, asks, onChanged }: LifeActionsProps) {
  const text = useText();
  const [isAsking, setAsking] = useState(false);
  const step = useCrmMutation(answerSchema, (action: string) => ({
    method: 'POST',
    path: `/crm/campaigns/${campaign.documentId}/${action}`,
    body: asks !== null && AGREES.has(action) ? { seen: asks } : {},
  }));
  const run = async (action: string) => {
    await step.run(action);
    setAsking(false);
    onChanged();
  };
  return (
    <Flex gap={2} wrap="wrap">
      {ACTIONS[campaign.status].map((action) => (
        <Button
          key={action}
          variant={LOOK[action] ?? 'secondary'}
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
