/** The circumstances of the visit: device, language, where it came from. */
import {
  Accordion,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';

import { DEVICES } from '../../shared/access';
import type { PreviewContext } from '../../shared/preview';
import { useText as useAccessText } from '../access/text';
import { useText } from './text';

interface SituationFormProps {
  readonly context: PreviewContext;
  readonly onChange: (context: PreviewContext) => void;
}

const OF_PAGE = '-';
const UTM = ['source', 'medium', 'campaign'] as const;

export function SituationForm({ context, onChange }: SituationFormProps) {
  const text = useText();
  return (
    <Accordion.Root size="S">
      <Accordion.Item value="situation">
        <Accordion.Header>
          <Accordion.Trigger>{text('content.preview.situation')}</Accordion.Trigger>
        </Accordion.Header>
        <Accordion.Content>
          <Flex direction="column" alignItems="stretch" gap={4} padding={4}>
            <Browser context={context} onChange={onChange} />
            <Origin context={context} onChange={onChange} />
          </Flex>
        </Accordion.Content>
      </Accordion.Item>
    </Accordion.Root>
  );
}

function Browser({ context, onChange }: SituationFormProps) {
  const text = useText();
  const words = useAccessText();
  return (
    <>
      <Field.Root width="100%">
        <Field.Label>{text('content.preview.device')}</Field.Label>
        <SingleSelect
          value={context.device}
          onChange={(value) => {
            const device = DEVICES.find((known) => known === value);
            if (device) onChange({ ...context, device });
          }}
        >
          {DEVICES.map((device) => (
            <SingleSelectOption key={device} value={device}>
              {words(`access.device.${device}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <Field.Root width="100%">
        <Field.Label>{text('content.preview.language')}</Field.Label>
        <SingleSelect
          value={context.language ?? OF_PAGE}
          onChange={(value) =>
            onChange({ ...context, language: value === OF_PAGE ? undefined : String(value) })
          }
        >
          <SingleSelectOption value={OF_PAGE}>
            {text('content.preview.language.page')}
          </SingleSelectOption>
          {(['ja', 'en'] as const).map((language) => (
            <SingleSelectOption key={language} value={language}>
              {words(`access.language.${language}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </>
  );
}

interface WordProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

const Word = ({ label, hint, value, onChange }: WordProps) => (
  <Field.Root hint={hint} width="100%">
    <Field.Label>{label}</Field.Label>
    <TextInput
      value={value ?? ''}
      maxLength={60}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
        onChange(event.target.value.trim() || undefined)
      }
    />
    <Field.Hint />
  </Field.Root>
);

function Origin({ context, onChange }: SituationFormProps) {
  const text = useText();
  const words = useAccessText();
  return (
    <>
      {UTM.map((key) => (
        <Word
          key={key}
          label={words(`access.utm.${key}`)}
          value={context.utm?.[key]}
          onChange={(word) => onChange({ ...context, utm: { ...context.utm, [key]: word } })}
        />
      ))}
      <Word
        label={text('content.preview.referrer')}
        hint={text('content.preview.referrer-hint')}
        value={context.referrer}
        onChange={(host) => onChange({ ...context, referrer: host?.toLowerCase() })}
      />
      <Word
        label={text('content.preview.country')}
        hint={text('content.preview.country-hint')}
        value={context.country}
        onChange={(country) => onChange({ ...context, country: country?.toUpperCase() })}
      />
    </>
  );
}
