import {
  Box,
  Field,
  Flex,
  Radio,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import { importPolicies, type ImportDraft, type ImportPolicy } from '../../shared/imports';
import { tagColumnKey } from '../../shared/import-tags';
import { DataTable, Panel, type Column } from '../ui';
import { useText } from './text';

type Mapping = readonly (string | null)[];

interface MappingProps {
  readonly draft: ImportDraft;
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** What the first rows hold in one column, for a person to recognise it by. */
const examplesOf = (draft: ImportDraft, column: number): string =>
  draft.sample
    .map((row) => row[column]?.trim() ?? '')
    .filter((cell) => cell !== '')
    .slice(0, 2)
    .join(' / ');

interface Heading {
  readonly column: number;
  readonly heading: string;
}

interface FieldChoiceProps extends MappingProps {
  readonly of: Heading;
}

/** What a column is taken for. A field is given once. */
function FieldChoice({ draft, mapping, onChange, of: { column, heading } }: FieldChoiceProps) {
  const text = useText();
  // A file of people may have a column for each tag, as Lステップ writes them.
  const tag = draft.kind === 'customers' ? tagColumnKey(heading) : null;
  const choose = (key: string | null) =>
    onChange(mapping.map((old, at) => (at === column ? key : old === key ? null : old)));
  return (
    <Box minWidth={{ initial: '14rem', medium: '18rem' }}>
      <SingleSelect
        size="S"
        aria-label={text('customers.import.mapping.of', { heading })}
        placeholder={text('customers.import.mapping.none')}
        value={mapping[column] ?? null}
        onChange={(key) => choose(String(key))}
        onClear={() => choose(null)}
        clearLabel={text('customers.import.mapping.none')}
      >
        {tag !== null && (
          <SingleSelectOption value={tag}>
            {text('customers.import.mapping.tag', { tag: heading.trim() })}
          </SingleSelectOption>
        )}
        {draft.columns.map(({ key, label }) => (
          <SingleSelectOption key={key} value={key}>
            {label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}

/** Each heading, what stands below it, and what it is taken for. */
export function MappingTable(props: MappingProps) {
  const { draft } = props;
  const text = useText();
  const columns: readonly Column<Heading>[] = [
    {
      key: 'heading',
      label: text('customers.import.mapping.heading'),
      card: 'title',
      cell: ({ heading }) => <Typography fontWeight="semiBold">{heading || '—'}</Typography>,
    },
    {
      key: 'example',
      label: text('customers.import.mapping.example'),
      cell: ({ column }) => (
        <Typography textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          {examplesOf(draft, column) || '—'}
        </Typography>
      ),
    },
    {
      key: 'field',
      label: text('customers.import.mapping.field'),
      cell: (heading) => <FieldChoice {...props} of={heading} />,
    },
  ];
  return (
    <Panel title={text('customers.import.mapping')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral600">
          {text(
            draft.isRemembered
              ? 'customers.import.mapping.remembered'
              : 'customers.import.mapping.help',
          )}
        </Typography>
        <DataTable
          caption={text('customers.import.mapping')}
          columns={columns}
          rows={draft.headings.map((heading, column) => ({ column, heading }))}
          rowKey={({ column, heading }) => `${column} ${heading}`}
        />
      </Flex>
    </Panel>
  );
}

interface PolicyProps {
  readonly value: ImportPolicy;
  readonly onChange: (policy: ImportPolicy) => void;
}

/** What happens to people who are known already. */
export function PolicyChoice({ value, onChange }: PolicyProps) {
  const text = useText();
  return (
    <Panel title={text('customers.import.policy')}>
      <Field.Root>
        <Radio.Group
          aria-label={text('customers.import.policy')}
          value={value}
          onValueChange={(chosen: string) =>
            onChange(importPolicies.find((policy) => policy === chosen) ?? 'update')
          }
        >
          {importPolicies.map((policy) => (
            <Radio.Item key={policy} value={policy}>
              {text(`customers.import.policy.${policy}`)}
            </Radio.Item>
          ))}
        </Radio.Group>
      </Field.Root>
    </Panel>
  );
}
