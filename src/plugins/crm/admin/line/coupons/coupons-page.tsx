import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import { couponClosedSchema, couponListSchema, type Coupon } from '../../../shared/line-coupon';
import {
  ConfirmDialog,
  EditableListPage,
  Panel,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
} from '../../ui';
import { useText } from '../text';

import { CouponForm } from './coupon-form';

interface CardProps {
  readonly coupon: Coupon;
  readonly onChanged: () => void;
}

function CouponCard({ coupon, onChanged }: CardProps) {
  const text = useText();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const close = useCrmMutation(couponClosedSchema, ({ account, couponId }: Coupon) => ({
    method: 'POST',
    path: `/crm/line/coupons/${account}/${couponId}/close`,
  }));
  const run = async () => {
    const closed = await close.run(coupon);
    setAsking(false);
    if (closed.ok) onChanged();
  };
  const button = (
    <Button size="S" variant="danger-light" onClick={() => setAsking(true)}>
      {text('line.coupons.close')}
    </Button>
  );
  return (
    <Panel title={coupon.title} action={button}>
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <Typography>
          {text('line.coupons.period', {
            from: format.dateTime(coupon.startsAt),
            until: format.dateTime(coupon.endsAt),
          })}
        </Typography>
        {coupon.description ? <Typography>{coupon.description}</Typography> : null}
        <Typography variant="pi" textColor="neutral600">
          {text('line.coupons.id', { id: coupon.couponId, account: coupon.accountName })}
        </Typography>
      </Flex>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={text('line.coupons.close')}
        confirmLabel={text('line.coupons.close')}
        isRunning={close.isRunning}
        onConfirm={() => void run()}
        variant="danger"
      >
        {text('line.coupons.close-ask', { name: coupon.title })}
      </ConfirmDialog>
    </Panel>
  );
}

/** Coupons of the official accounts, as LINE has them. */
export default function CouponsPage() {
  const text = useText();
  return (
    <EditableListPage
      title={text('line.coupons.title')}
      subtitle={text('line.coupons.subtitle')}
      backTo="campaigns"
      may={useMay('line.coupons')}
      labels={{ add: text('line.coupons.new'), empty: text('line.coupons.empty') }}
      query={useCrmQuery(couponListSchema, '/crm/line/coupons')}
      form={(edited) => <CouponForm {...edited} />}
      card={(coupon, onChanged) => (
        <CouponCard key={coupon.couponId} coupon={coupon} onChanged={onChanged} />
      )}
    />
  );
}
