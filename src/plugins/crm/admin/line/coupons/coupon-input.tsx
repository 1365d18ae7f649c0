import { useState, type ReactNode } from 'react';

import {
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { ArrowClockwise, ExternalLink } from '@strapi/icons';
import { useField } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';

import { couponListSchema, couponState, type Coupon } from '../../../shared/line-coupon';
import { crmPath, ErrorState, Skeleton, useCrmQuery, useFormat, useMay } from '../../ui';
import { useText } from '../text';

/** What the Content Manager gives to the input of a custom field. */
interface CouponInputProps {
  readonly name?: string;
  readonly label?: string;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly labelAction?: ReactNode;
}

interface PickedProps {
  readonly name: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

/** For whom the list is not: the id, as the list shows it to others. */
function IdInput({ name, value, disabled, onChange }: PickedProps) {
  const text = useText();
  return (
    <>
      <TextInput
        name={name}
        value={value}
        disabled={disabled}
        maxLength={100}
        onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
      />
      <Typography variant="pi" textColor="neutral600">
        {text('line.coupons.field.forbidden')}
      </Typography>
    </>
  );
}

function Chosen({ coupon, now }: { readonly coupon: Coupon; readonly now: number }) {
  const text = useText();
  const format = useFormat();
  return (
    <Typography variant="pi" textColor="neutral600">
      {text('line.coupons.field.shown', {
        from: format.dateTime(coupon.startsAt),
        until: format.dateTime(coupon.endsAt),
        state: text(`line.coupons.state.${couponState(coupon, now)}`),
        account: coupon.accountName,
      })}
    </Typography>
  );
}

/** Made elsewhere, so in another window: what is written here is not lost. */
function Elsewhere({ onRefresh }: { readonly onRefresh: () => void }) {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap">
      <Button
        tag={Link}
        to={crmPath('line/coupons')}
        target="_blank"
        variant="tertiary"
        size="S"
        endIcon={<ExternalLink />}
      >
        {text('line.coupons.field.make')}
      </Button>
      <Button variant="tertiary" size="S" startIcon={<ArrowClockwise />} onClick={onRefresh}>
        {text('line.coupons.field.refresh')}
      </Button>
    </Flex>
  );
}

function Picker({ name, value, disabled, onChange }: PickedProps) {
  const text = useText();
  const [now] = useState(() => Date.now());
  const list = useCrmQuery(couponListSchema, '/crm/line/coupons');
  if (list.isLoading) return <Skeleton lines={1} height="4rem" />;
  if (list.error) return <ErrorState error={list.error} onRetry={list.refetch} />;
  const coupons = list.data?.data ?? [];
  const chosen = coupons.find(({ couponId }) => couponId === value);
  const nameOf = (coupon: Coupon) =>
    text('line.coupons.field.option', {
      title: coupon.title,
      state: text(`line.coupons.state.${couponState(coupon, now)}`),
    });
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {coupons.length === 0 ? (
        <Typography textColor="neutral600">{text('line.coupons.field.empty')}</Typography>
      ) : (
        <SingleSelect
          name={name}
          value={chosen ? value : null}
          disabled={disabled}
          placeholder={text('line.coupons.field.placeholder')}
          onChange={(couponId) => onChange(String(couponId))}
        >
          {coupons.map((coupon) => (
            <SingleSelectOption key={coupon.couponId} value={coupon.couponId}>
              {nameOf(coupon)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
      {chosen ? <Chosen coupon={chosen} now={now} /> : null}
      {value !== '' && !chosen ? (
        <Typography variant="pi" textColor="danger600" role="alert">
          {text('line.coupons.field.gone', { id: value })}
        </Typography>
      ) : null}
      <Elsewhere onRefresh={list.refetch} />
    </Flex>
  );
}

/** Input of `plugin::crm.line-coupon`: one of the coupons that the official accounts have. */
export default function CouponInput(props: CouponInputProps) {
  const { name = '', label, hint, required, disabled = false, labelAction } = props;
  const field = useField<string | null>(name);
  const mayList = useMay('line.coupons');
  const Input = mayList ? Picker : IdInput;
  return (
    <Field.Root name={name} hint={hint} error={field.error} required={required}>
      <Field.Label action={labelAction}>{label}</Field.Label>
      <Input
        name={name}
        value={field.value ?? ''}
        disabled={disabled}
        onChange={(value) => field.onChange(name, value === '' ? null : value)}
      />
      <Field.Error />
    </Field.Root>
  );
}
