import { useState } from 'react';

import {
  Checkbox,
  Field,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import {
  couponMadeSchema,
  couponRewards,
  rewardLimits,
  type CouponInput,
} from '../../../shared/line-coupon';
import { EditForm, useCrmMutation, useCrmQuery, type EditedInPlace } from '../../ui';
import { useText } from '../text';

const accountsSchema = z.object({ data: z.array(z.object({ key: z.string(), name: z.string() })) });

const EMPTY: CouponInput = {
  account: '',
  title: '',
  description: '',
  usageCondition: '',
  couponCode: '',
  startsOn: '',
  endsOn: '',
  reward: 'discount-percentage',
  amount: null,
  once: true,
};

interface Part {
  readonly form: CouponInput;
  readonly change: (change: Partial<CouponInput>) => void;
  readonly errors: Readonly<Record<string, string>>;
}

interface WordsProps extends Part {
  readonly name: 'title' | 'description' | 'usageCondition' | 'couponCode';
}

function Words({ name, form, change, errors }: WordsProps) {
  const text = useText();
  const Input = name === 'description' ? Textarea : TextInput;
  return (
    <Field.Root name={name} required={name === 'title'} error={errors[name]}>
      <Field.Label>{text(`line.coupons.${name === 'title' ? 'name' : name}`)}</Field.Label>
      <Input
        value={form[name]}
        onChange={(event: { target: { value: string } }) => change({ [name]: event.target.value })}
      />
      <Field.Error />
    </Field.Root>
  );
}

function Day({ name, form, change, errors }: Part & { readonly name: 'startsOn' | 'endsOn' }) {
  const text = useText();
  return (
    <Field.Root name={name} required error={errors[name]}>
      <Field.Label>{text(`line.coupons.${name}`)}</Field.Label>
      <TextInput
        type="date"
        value={form[name]}
        onChange={(event: { target: { value: string } }) => change({ [name]: event.target.value })}
      />
      <Field.Error />
    </Field.Root>
  );
}

function Reward({ form, change, errors }: Part) {
  const text = useText();
  const choose = (value: string) =>
    change({ reward: couponRewards.find((one) => one === value) ?? form.reward, amount: null });
  return (
    <>
      <Field.Root name="reward" required>
        <Field.Label>{text('line.coupons.reward')}</Field.Label>
        <SingleSelect value={form.reward} onChange={(value) => choose(String(value))}>
          {couponRewards.map((reward) => (
            <SingleSelectOption key={reward} value={reward}>
              {text(`line.coupons.reward.${reward}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      {rewardLimits[form.reward] === undefined ? null : (
        <Field.Root name="amount" required error={errors.amount}>
          <Field.Label>
            {text(`line.coupons.amount.${form.reward.endsWith('percentage') ? 'percent' : 'yen'}`)}
          </Field.Label>
          <NumberInput
            value={form.amount ?? undefined}
            onValueChange={(amount) => change({ amount: amount ?? null })}
          />
          <Field.Error />
        </Field.Root>
      )}
    </>
  );
}

/** A new coupon; LINE changes none that is there. */
export function CouponForm({ onDone, onCancel }: EditedInPlace) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [form, setForm] = useState(EMPTY);
  const accounts = useCrmQuery(accountsSchema, '/crm/line/coupons/accounts').data?.data ?? [];
  const account = form.account || (accounts[0]?.key ?? '');
  const make = useCrmMutation(couponMadeSchema, (body: CouponInput) => ({
    method: 'POST',
    path: '/crm/line/coupons',
    body,
  }));
  const part: Part = {
    form,
    change: (change) => setForm((before) => ({ ...before, ...change })),
    errors: make.fieldErrors,
  };
  const submit = async () => {
    const made = await make.run({ ...form, account });
    if (!made.ok) return;
    toggleNotification({ type: 'success', message: text('line.coupons.made') });
    onDone();
  };
  return (
    <EditForm
      onSubmit={submit}
      onCancel={onCancel}
      isRunning={make.isRunning}
      labels={{ save: text('line.coupons.save'), cancel: text('line.coupons.cancel') }}
    >
      <Field.Root name="account" required>
        <Field.Label>{text('line.coupons.account')}</Field.Label>
        <SingleSelect value={account} onChange={(value) => part.change({ account: String(value) })}>
          {accounts.map(({ key, name }) => (
            <SingleSelectOption key={key} value={key}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <Words {...part} name="title" />
      <Reward {...part} />
      <Day {...part} name="startsOn" />
      <Day {...part} name="endsOn" />
      <Words {...part} name="description" />
      <Words {...part} name="usageCondition" />
      <Words {...part} name="couponCode" />
      <Checkbox
        checked={form.once}
        onCheckedChange={(checked: boolean | 'indeterminate') =>
          part.change({ once: checked === true })
        }
      >
        {text('line.coupons.once')}
      </Checkbox>
    </EditForm>
  );
}
