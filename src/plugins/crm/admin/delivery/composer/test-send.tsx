import { useState } from 'react';

import {
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import { Panel, useAnyText, useCrmMutation } from '../../ui';

import { useText, type DeliveryKey } from '../text';

import type { Draft } from './draft';

const ADDRESS_LABELS: Readonly<Record<string, DeliveryKey>> = {
  line: 'delivery.test.line-id',
  sms: 'delivery.test.phone',
};

const answerSchema = z.object({ data: z.object({ address: z.string() }) });

interface TestSendProps {
  /** As it was saved. */
  readonly documentId: string;
  readonly draft: Draft;
  readonly customerId: number | undefined;
}

/** What the chosen person would get, to an address of one's own. */
export function TestSend({ documentId, draft, customerId }: TestSendProps) {
  const text = useText();
  const anyText = useAnyText();
  const { toggleNotification } = useNotification();
  const [channel, setChannel] = useState(
    draft.channels.includes('email') ? 'email' : (draft.channels[0] ?? 'email'),
  );
  const [address, setAddress] = useState('');
  const send = useCrmMutation(answerSchema, () => ({
    method: 'POST',
    path: '/crm/campaigns/test-send',
    body: { campaign: draft, documentId, customerId, channel, address },
  }));
  const run = async () => {
    const sent = await send.run(undefined);
    if (!sent.ok) return;
    const message = text('delivery.test.sent', { address: sent.value.data.address });
    toggleNotification({ type: 'success', message });
  };
  return (
    <Panel title={text('delivery.test.title')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <SingleSelect
          aria-label={text('delivery.test.channel')}
          value={channel}
          onChange={(value) => setChannel(String(value))}
        >
          {draft.channels.map((key) => (
            <SingleSelectOption key={key} value={key}>
              {['email', 'line', 'sms'].includes(key) ? anyText(`ui.channel.${key}`) : key}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Root name="address" error={send.fieldErrors.address}>
          <Field.Label>{text(ADDRESS_LABELS[channel] ?? 'delivery.test.address')}</Field.Label>
          <TextInput value={address} onChange={(event) => setAddress(event.target.value)} />
          <Field.Error />
        </Field.Root>
        <Button
          variant="secondary"
          disabled={address.trim().length < 3}
          loading={send.isRunning}
          onClick={() => void run()}
        >
          {text('delivery.test.send')}
        </Button>
      </Flex>
    </Panel>
  );
}
