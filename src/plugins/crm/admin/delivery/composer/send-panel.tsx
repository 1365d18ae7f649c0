import { useState } from 'react';

import { Button, Field, Flex, Typography } from '@strapi/design-system';
import { useNotification, useRBAC } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import { campaignSchema, type Campaign } from '../../../shared/delivery';
import {
  ConfirmDialog,
  crmPath,
  Panel,
  SiteDateTimePicker,
  useCrmMutation,
  useFormat,
} from '../../ui';

import { useText } from '../text';

const answerSchema = z.object({ data: campaignSchema });

interface SendPanelProps {
  readonly campaign: Campaign;
  readonly reached: number | undefined;
  readonly isReady: boolean;
}

type Wish = { readonly action: 'send' } | { readonly action: 'schedule'; readonly at: Date };

/** What became of the wish, by what the campaign is now. */
const SAID = {
  awaiting: 'delivery.send.awaiting',
  scheduled: 'delivery.send.scheduled',
  sending: 'delivery.send.started',
} as const;

const SEND = [{ action: 'plugin::crm.campaigns.send', subject: null }];

function useSend(campaign: Campaign) {
  return useCrmMutation(answerSchema, (wish: Wish) => ({
    method: 'POST',
    path: `/crm/campaigns/${campaign.documentId}/${wish.action}`,
    body: wish.action === 'schedule' ? { scheduledAt: wish.at.toISOString() } : {},
  }));
}

/** Asks once, in words that say what and how many, then sends now or at a time. */
export function SendPanel({ campaign, reached, isReady }: SendPanelProps) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const { allowedActions } = useRBAC(SEND);
  const [at, setAt] = useState<Date>();
  const [isAsking, setAsking] = useState(false);
  const send = useSend(campaign);
  const count = format.number(reached ?? 0);
  const mayNotSend = allowedActions.canSend === false;

  const run = async () => {
    const done = await send.run(at ? { action: 'schedule', at } : { action: 'send' });
    setAsking(false);
    if (!done.ok) return;
    const { status } = done.value.data;
    const key = SAID[status === 'awaiting' || status === 'scheduled' ? status : 'sending'];
    toggleNotification({ type: 'success', message: text(key) });
    navigate(crmPath(`campaigns/${campaign.documentId}`));
  };

  return (
    <Panel title={text('delivery.send.title')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Field.Root name="at" hint={text('delivery.send.at-hint')}>
          <Field.Label>{text('delivery.send.at')}</Field.Label>
          <SiteDateTimePicker
            value={at}
            minDate={new Date()}
            step={5}
            onChange={setAt}
            onClear={() => setAt(undefined)}
          />
          <Field.Hint />
        </Field.Root>
        <Button
          fullWidth
          size="L"
          disabled={!isReady || mayNotSend}
          onClick={() => setAsking(true)}
        >
          {text(at ? 'delivery.send.schedule' : 'delivery.send.now', { count })}
        </Button>
        {isReady ? null : (
          <Typography variant="pi" textColor="neutral600">
            {text('delivery.send.not-ready')}
          </Typography>
        )}
      </Flex>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={text(at ? 'delivery.send.ask-schedule' : 'delivery.send.ask', { count })}
        confirmLabel={text(at ? 'delivery.send.confirm-schedule' : 'delivery.send.confirm')}
        onConfirm={() => void run()}
        isRunning={send.isRunning}
      >
        {at
          ? text('delivery.send.what-schedule', { count, at: format.dateTime(at) })
          : text('delivery.send.what', { count, name: campaign.name })}
      </ConfirmDialog>
    </Panel>
  );
}
