import {
  Field,
  Flex,
  Radio,
  SingleSelect,
  SingleSelectOption,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';

import { importPolicies, type ImportDraft, type ImportPolicy } from '../../shared/imports';
import { Panel } from '../ui';
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

/** Each heading, what stands below it, and what it is taken for. A field is given once. */
export function MappingTable({ draft, mapping, onChange }: MappingProps) {
  const text = useText();
  const choose = (column: number, key: string | null) =>
    onChange(mapping.map((old, at) => (at === column ? key : old === key ? null : old)));
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
        <Table colCount={3} rowCount={draft.headings.length + 1}>
          <Thead>
            <Tr>
              {(['heading', 'example', 'field'] as const).map((part) => (
                <Th key={part}>
                  <Typography variant="sigma" textColor="neutral600">
                    {text(`customers.import.mapping.${part}`)}
                  </Typography>
                </Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {draft.headings.map((heading, column) => (
              <Tr key={`${column} ${heading}`}>
                <Td>
                  <Typography fontWeight="semiBold">{heading || '—'}</Typography>
                </Td>
                <Td>
                  <Typography textColor="neutral600" ellipsis>
                    {examplesOf(draft, column) || '—'}
                  </Typography>
                </Td>
                <Td>
                  <SingleSelect
                    size="S"
                    aria-label={text('customers.import.mapping.of', { heading })}
                    placeholder={text('customers.import.mapping.none')}
                    value={mapping[column] ?? null}
                    onChange={(key) => choose(column, String(key))}
                    onClear={() => choose(column, null)}
                    clearLabel={text('customers.import.mapping.none')}
                  >
                    {draft.columns.map(({ key, label }) => (
                      <SingleSelectOption key={key} value={key}>
                        {label}
                      </SingleSelectOption>
                    ))}
                  </SingleSelect>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
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
