/** The circumstances of a visit: device, language, where from, when. Every part given must hold. */
import { Field, Grid, TextInput, Typography } from '@strapi/design-system';

import type { Audience } from '../../shared/access';
import { DEVICES, UTM_KEYS, WEEKDAYS } from '../../shared/context-rule';
import { SiteDateTimePicker } from '../ui';
import { compact } from './draft';
import { Choice, Words, type Of } from './leaf-editors';
import { useText, type AccessKey } from './text';

type Rule = Of<'context'>;

interface PartProps {
  readonly value: Rule;
  readonly set: (patch: Partial<Rule>) => void;
}

interface ContextEditorProps {
  readonly value: Rule;
  readonly onChange: (value: Audience) => void;
}

export function ContextEditor({ value, onChange }: ContextEditorProps) {
  const set = (patch: Partial<Rule>) => onChange(compact({ ...value, ...patch }));
  return (
    <Grid.Root gap={4} width="100%">
      <Browser value={value} set={set} />
      <Origin value={value} set={set} />
      <Period value={value} set={set} />
      <Week value={value} set={set} />
    </Grid.Root>
  );
}

const LANGUAGES = ['ja', 'en'] as const;

const orNone = <T,>(list: readonly T[]): T[] | undefined =>
  list.length > 0 ? [...list] : undefined;

function Browser({ value, set }: PartProps) {
  const text = useText();
  return (
    <>
      <Grid.Item col={6} xs={12}>
        <Choice
          label={text('access.devices')}
          options={DEVICES.map((key) => ({ value: key, label: text(`access.device.${key}`) }))}
          value={value.devices ?? []}
          onChange={(list) =>
            set({ devices: orNone(DEVICES.filter((device) => list.includes(device))) })
          }
        />
      </Grid.Item>
      <Grid.Item col={6} xs={12}>
        <Choice
          label={text('access.languages')}
          options={LANGUAGES.map((key) => ({ value: key, label: text(`access.language.${key}`) }))}
          value={value.languages ?? []}
          onChange={(list) => set({ languages: orNone(list) })}
        />
      </Grid.Item>
    </>
  );
}

const WORDS = [
  ['countries', 'access.countries', 'access.countries.hint'],
  ['referrers', 'access.referrers', 'access.referrers.hint'],
  ['viewed', 'access.viewed', 'access.viewed.hint'],
] as const satisfies readonly (readonly [keyof Rule, AccessKey, AccessKey])[];

function Origin({ value, set }: PartProps) {
  const setUtm = (key: (typeof UTM_KEYS)[number], words: string[] | undefined) => {
    const utm = compact({ ...value.utm, [key]: words });
    set({ utm: Object.keys(utm).length > 0 ? utm : undefined });
  };
  return (
    <>
      {UTM_KEYS.map((key) => (
        <Grid.Item key={key} col={4} xs={12} alignItems="flex-start">
          <Words
            label={`access.utm.${key}`}
            hint="access.utm.hint"
            value={value.utm?.[key]}
            onChange={(words) => setUtm(key, words)}
          />
        </Grid.Item>
      ))}
      {WORDS.map(([key, label, hint]) => (
        <Grid.Item key={key} col={4} xs={12} alignItems="flex-start">
          <Words
            label={label}
            hint={hint}
            value={value[key]}
            onChange={(words) =>
              set({ [key]: key === 'countries' ? words?.map((word) => word.toUpperCase()) : words })
            }
          />
        </Grid.Item>
      ))}
    </>
  );
}

function Period({ value, set }: PartProps) {
  const text = useText();
  return (
    <>
      {(['from', 'until'] as const).map((key) => (
        <Grid.Item key={key} col={6} xs={12} direction="column" alignItems="stretch">
          <Field.Root>
            <Field.Label>{text(`access.${key}`)}</Field.Label>
            <SiteDateTimePicker
              value={value[key] ? new Date(value[key]) : undefined}
              onChange={(date) => set({ [key]: date?.toISOString() })}
              onClear={() => set({ [key]: undefined })}
            />
          </Field.Root>
        </Grid.Item>
      ))}
    </>
  );
}

function Week({ value, set }: PartProps) {
  const text = useText();
  const hours = value.hours ?? { from: '', until: '' };
  const setHours = (patch: Partial<typeof hours>) => {
    const next = { ...hours, ...patch };
    set({ hours: next.from === '' && next.until === '' ? undefined : next });
  };
  return (
    <>
      <Grid.Item col={6} xs={12}>
        <Choice
          label={text('access.weekdays')}
          options={WEEKDAYS.map((key) => ({ value: key, label: text(`access.weekday.${key}`) }))}
          value={value.weekdays ?? []}
          onChange={(list) =>
            set({ weekdays: orNone(WEEKDAYS.filter((day) => list.includes(day))) })
          }
        />
      </Grid.Item>
      {(['from', 'until'] as const).map((key) => (
        <Grid.Item key={key} col={3} xs={6} direction="column" alignItems="stretch">
          <Field.Root>
            <Field.Label>{text(`access.hours.${key}`)}</Field.Label>
            <TextInput
              type="time"
              value={hours[key]}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                setHours({ [key]: event.target.value })
              }
            />
          </Field.Root>
        </Grid.Item>
      ))}
      <Grid.Item col={12}>
        <Typography variant="pi" textColor="neutral600">
          {text('access.site-time')}
        </Typography>
      </Grid.Item>
    </>
  );
}
