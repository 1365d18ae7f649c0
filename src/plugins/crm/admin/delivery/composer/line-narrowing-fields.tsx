import {
  Checkbox,
  Field,
  Flex,
  MultiSelect,
  MultiSelectOption,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useIntl } from 'react-intl';

import {
  lineAges,
  lineAppTypes,
  lineFriendDays,
  lineGenders,
  type LineNarrowing,
} from '../../../shared/line-narrowing';
import { useText } from '../text';

import type { StepProps } from './draft';
import { prefectures } from './prefectures';

type Bounds = NonNullable<LineNarrowing['ages']>;

const NOTHING: LineNarrowing = {
  genders: [],
  ages: null,
  appTypes: [],
  areas: [],
  friendDays: null,
};

const isNothing = ({ genders, ages, appTypes, areas, friendDays }: LineNarrowing) =>
  genders.length + appTypes.length + areas.length === 0 && ages === null && friendDays === null;

const toggled = <T,>(list: readonly T[], one: T, isChosen: boolean): T[] =>
  isChosen
    ? [...list.filter((other) => other !== one), one]
    : list.filter((other) => other !== one);

/** What LINE alone knows of people; the CRM never hears who was chosen by it. */
export function LineNarrowingFields({ draft, change }: StepProps) {
  const text = useText();
  const { locale } = useIntl();
  const chosen = draft.lineNarrowing ?? NOTHING;
  const set = (patch: Partial<LineNarrowing>) => {
    const next = { ...chosen, ...patch };
    change({ lineNarrowing: isNothing(next) ? null : next });
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4} role="group" aria-labelledby="narrowing">
      <Typography variant="pi" fontWeight="bold" id="narrowing">
        {text('delivery.narrowing.title')}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {text('delivery.narrowing.hint')}
      </Typography>
      <Flex gap={4} wrap="wrap">
        {lineGenders.map((one) => (
          <Checkbox
            key={one}
            checked={chosen.genders.includes(one)}
            onCheckedChange={(is: boolean | 'indeterminate') =>
              set({ genders: toggled(chosen.genders, one, is === true) })
            }
          >
            {text(`delivery.narrowing.gender-${one}`)}
          </Checkbox>
        ))}
        {lineAppTypes.map((one) => (
          <Checkbox
            key={one}
            checked={chosen.appTypes.includes(one)}
            onCheckedChange={(is: boolean | 'indeterminate') =>
              set({ appTypes: toggled(chosen.appTypes, one, is === true) })
            }
          >
            {text(`delivery.narrowing.app-${one}`)}
          </Checkbox>
        ))}
      </Flex>
      <BoundsFields
        name="ages"
        numbers={lineAges}
        bounds={chosen.ages}
        onChange={(ages) => set({ ages })}
      />
      <BoundsFields
        name="days"
        numbers={lineFriendDays}
        bounds={chosen.friendDays}
        onChange={(friendDays) => set({ friendDays })}
      />
      <Field.Root name="areas">
        <Field.Label>{text('delivery.narrowing.areas')}</Field.Label>
        <MultiSelect
          withTags
          value={[...chosen.areas]}
          onChange={(areas: string[]) => set({ areas })}
          onClear={() => set({ areas: [] })}
        >
          {prefectures.map(({ code, ja, en }) => (
            <MultiSelectOption key={code} value={code}>
              {locale.startsWith('ja') ? ja : en}
            </MultiSelectOption>
          ))}
        </MultiSelect>
      </Field.Root>
    </Flex>
  );
}

interface BoundsProps {
  readonly name: 'ages' | 'days';
  readonly numbers: readonly number[];
  readonly bounds: Bounds | null;
  readonly onChange: (bounds: Bounds | null) => void;
}

function BoundsFields({ name, numbers, bounds, onChange }: BoundsProps) {
  const text = useText();
  const { from, below } = bounds ?? { from: null, below: null };
  const set = (next: Bounds) => onChange(next.from === null && next.below === null ? null : next);
  const asNumber = (value: string | number) => (value === '' ? null : Number(value));
  const fields = [
    {
      side: 'from' as const,
      value: from,
      fitting: numbers.filter((one) => below === null || one < below),
    },
    {
      side: 'below' as const,
      value: below,
      fitting: numbers.filter((one) => from === null || one > from),
    },
  ];
  return (
    <Flex gap={4} wrap="wrap">
      {fields.map(({ side, value, fitting }) => (
        <Field.Root key={side} name={`${name}-${side}`}>
          <Field.Label>{text(`delivery.narrowing.${name}-${side}`)}</Field.Label>
          <SingleSelect
            value={value === null ? '' : String(value)}
            onChange={(next) => set({ from, below, [side]: asNumber(next) })}
          >
            <SingleSelectOption value="">{text('delivery.narrowing.any')}</SingleSelectOption>
            {fitting.map((one) => (
              <SingleSelectOption key={one} value={String(one)}>
                {text(`delivery.narrowing.${name}`, { count: one })}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      ))}
    </Flex>
  );
}
