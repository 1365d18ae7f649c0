import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import { trackingWishAnswerSchema, type TrackingWish } from '../../shared/topics';
import {
  ConfirmDialog,
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useMay,
  type RecordPanelProps,
} from '../ui';
import { useText } from './text';

/** Whether her opens and clicks are recorded; staff change it at her wish. */
export default function TrackingWishPanel({ customerId, onChanged }: RecordPanelProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const path = `/crm/customers/${customerId}/tracking-wish`;
  const wish = useCrmQuery(trackingWishAnswerSchema, path);
  const [isAsking, setAsking] = useState(false);
  const save = useCrmMutation(trackingWishAnswerSchema, (body: TrackingWish) => ({
    method: 'PUT',
    path,
    body,
  }));
  const isUntracked = wish.data?.data.isUntracked ?? false;
  const change = isUntracked ? 'allow' : 'refuse';
  const confirm = async () => {
    const saved = await save.run({ isUntracked: !isUntracked });
    setAsking(false);
    if (!saved.ok) return;
    wish.refetch();
    onChanged();
  };
  return (
    <Panel title={text('delivery.tracking-wish.title')}>
      {wish.isLoading ? <Skeleton lines={1} /> : null}
      {wish.error ? <ErrorState error={wish.error} onRetry={wish.refetch} /> : null}
      {wish.data ? (
        <Flex justifyContent="space-between" gap={2}>
          <Typography>
            {text(isUntracked ? 'delivery.tracking-wish.off' : 'delivery.tracking-wish.on')}
          </Typography>
          {mayUpdate ? (
            <Button size="S" variant="tertiary" onClick={() => setAsking(true)}>
              {text(`delivery.tracking-wish.${change}`)}
            </Button>
          ) : null}
        </Flex>
      ) : null}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={text(`delivery.tracking-wish.${change}`)}
        confirmLabel={text(`delivery.tracking-wish.${change}`)}
        isRunning={save.isRunning}
        onConfirm={() => void confirm()}
      >
        {text(`delivery.tracking-wish.${change}-confirm`)}
      </ConfirmDialog>
    </Panel>
  );
}
