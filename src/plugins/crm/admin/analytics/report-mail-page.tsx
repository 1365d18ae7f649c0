import { useState } from 'react';

import {
  Button,
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import {
  reportMailAnswerSchema,
  reportMailTriedSchema,
  type ReportMail,
  type ReportMailView,
} from '../../shared/report-mail';
import {
  AddressLines,
  addressesIn,
  ErrorState,
  LanguageField,
  PageLayout,
  Panel,
  Skeleton,
  useAdminLocale,
  useCrmMutation,
  useCrmQuery,
  useFormat,
} from '../ui';
import { useText } from './text';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = Array.from({ length: 7 }, (_, weekday) => weekday);

/** 4 January 1970 was a Sunday. */
const dayNamed = (weekday: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    (3 + weekday) * 86_400_000,
  );

interface NumberChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly options: readonly number[];
  readonly nameOf: (value: number) => string;
  readonly onChange: (value: number) => void;
}

function NumberChoice({ name, label, value, options, nameOf, onChange }: NumberChoiceProps) {
  return (
    <Field.Root name={name} width="100%">
      <Field.Label>{label}</Field.Label>
      <SingleSelect
        value={String(value)}
        onChange={(chosen: string | number) => onChange(Number(chosen))}
      >
        {options.map((option) => (
          <SingleSelectOption key={option} value={String(option)}>
            {nameOf(option)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

/** Whether one comes, when, and when the last one went. */
function Standing({ view: { nextAt, last } }: { readonly view: ReportMailView }) {
  const text = useText();
  const format = useFormat();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} role="status">
      <Typography fontWeight="semiBold">
        {nextAt === null
          ? text('analytics.report-mail.nobody')
          : text('analytics.report-mail.next', { at: format.dateTime(nextAt) })}
      </Typography>
      {last ? (
        <Typography textColor="neutral600">
          {text('analytics.report-mail.last', {
            at: format.dateTime(last.at),
            count: format.number(last.recipients),
          })}
        </Typography>
      ) : null}
    </Flex>
  );
}

function TryButton() {
  const text = useText();
  const { toggleNotification } = useNotification();
  const trial = useCrmMutation(reportMailTriedSchema, () => ({
    method: 'POST',
    path: '/crm/report-mail/trial',
    body: {},
  }));
  const run = async () => {
    const done = await trial.run(undefined);
    if (!done.ok) return;
    const { to } = done.value.data;
    toggleNotification({ type: 'success', message: text('analytics.report-mail.tried', { to }) });
  };
  return (
    <Button variant="tertiary" loading={trial.isRunning} onClick={() => void run()}>
      {text('analytics.report-mail.try')}
    </Button>
  );
}

function When({
  settings,
  onChange,
}: {
  readonly settings: ReportMail;
  readonly onChange: (change: Partial<ReportMail>) => void;
}) {
  const text = useText();
  const locale = useAdminLocale();
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={4} s={12} xs={12}>
        <NumberChoice
          name="weekday"
          label={text('analytics.report-mail.weekday')}
          value={settings.weekday}
          options={WEEKDAYS}
          nameOf={(weekday) => dayNamed(weekday, locale)}
          onChange={(weekday) => onChange({ weekday })}
        />
      </Grid.Item>
      <Grid.Item col={4} s={12} xs={12}>
        <NumberChoice
          name="hour"
          label={text('analytics.report-mail.hour')}
          value={settings.hour}
          options={HOURS}
          nameOf={(hour) => `${hour}:00`}
          onChange={(hour) => onChange({ hour })}
        />
      </Grid.Item>
    </Grid.Root>
  );
}

interface LoadedProps {
  readonly view: ReportMailView;
  readonly onSaved: () => void;
}

function Loaded({ view, onSaved }: LoadedProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [lines, setLines] = useState(view.settings.emails.join('\n'));
  const [settings, setSettings] = useState(view.settings);
  const save = useCrmMutation(reportMailAnswerSchema, (body: ReportMail) => ({
    method: 'PUT',
    path: '/crm/report-mail',
    body,
  }));
  const change = (part: Partial<ReportMail>) => setSettings((before) => ({ ...before, ...part }));
  const run = async () => {
    const done = await save.run({ ...settings, emails: addressesIn(lines) });
    if (!done.ok) return;
    toggleNotification({ type: 'success', message: text('analytics.report-mail.saved') });
    onSaved();
  };
  const isWrong = Object.keys(save.fieldErrors).some((field) => field.startsWith('emails'));
  return (
    <PageLayout
      title={text('analytics.report-mail.title')}
      subtitle={text('analytics.report-mail.lead')}
      backTo=""
      primaryAction={
        <Button loading={save.isRunning} onClick={() => void run()}>
          {text('analytics.report-mail.save')}
        </Button>
      }
      secondaryAction={<TryButton />}
    >
      <Panel title={text('analytics.report-mail.who')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Standing view={view} />
          <AddressLines
            label={text('analytics.report-mail.emails')}
            hint={text('analytics.report-mail.emails-hint')}
            error={isWrong ? text('analytics.report-mail.emails-wrong') : undefined}
            value={lines}
            isLocked={false}
            onChange={setLines}
          />
          <When settings={settings} onChange={change} />
          <LanguageField
            label={text('analytics.report-mail.locale')}
            value={settings.locale}
            isLocked={false}
            onChange={(locale) => change({ locale })}
          />
        </Flex>
      </Panel>
    </PageLayout>
  );
}

/** Who gets the numbers of the week by mail, and when. */
export default function ReportMailPage() {
  const text = useText();
  const { data, error, refetch } = useCrmQuery(reportMailAnswerSchema, '/crm/report-mail');
  if (data) return <Loaded view={data.data} onSaved={refetch} />;
  return (
    <PageLayout title={text('analytics.report-mail.title')} backTo="">
      {error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton lines={4} />}
    </PageLayout>
  );
}
