import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import type { CampaignSource, SourceOption } from '../../../shared/delivery';
import { EmptyState, ErrorState, Skeleton, useCrmQuery, useNames } from '../../ui';

import { sourcesSchema } from '../entry-link';
import { useText } from '../text';

const keyOf = ({ uid, documentId, locale }: CampaignSource | SourceOption): string =>
  `${uid} ${documentId} ${locale}`;

interface SourcePickerProps {
  readonly label: string;
  readonly hint: string;
  readonly required?: boolean;
  readonly value: CampaignSource | null;
  readonly onChange: (option: SourceOption | null) => void;
}

/** A published entry that a message can be made from. */
export function SourcePicker({ label, hint, required, value, onChange }: SourcePickerProps) {
  const text = useText();
  const names = useNames();
  const sources = useCrmQuery(sourcesSchema, '/crm/campaigns/sources');
  if (sources.isLoading) return <Skeleton lines={1} height="4rem" />;
  if (sources.error) return <ErrorState error={sources.error} onRetry={sources.refetch} />;
  const options = sources.data?.data ?? [];
  if (options.length === 0) return <EmptyState>{text('delivery.content.none')}</EmptyState>;
  return (
    <Field.Root name="source" hint={hint} required={required}>
      <Field.Label>{label}</Field.Label>
      <Combobox
        autocomplete={{ type: 'list', filter: 'contains' }}
        value={value ? keyOf(value) : ''}
        onChange={(chosen: string | undefined) =>
          onChange(options.find((option) => keyOf(option) === chosen) ?? null)
        }
        onClear={() => onChange(null)}
        noOptionsMessage={() => text('delivery.content.source-none')}
        placeholder={text('delivery.content.source-placeholder')}
      >
        {options.map((option) => (
          <ComboboxOption key={keyOf(option)} value={keyOf(option)}>
            {text('delivery.content.source-option', {
              title: option.title,
              type: names.type(option.typeName),
              language: names.language(option.locale),
            })}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Hint />
    </Field.Root>
  );
}
