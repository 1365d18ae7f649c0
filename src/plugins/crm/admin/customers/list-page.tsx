import { useEffect, useRef, useState } from 'react';

import {
  Box,
  Button,
  Flex,
  Searchbar,
  SearchForm,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { Upload } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';

import {
  customerListItemSchema,
  customerOptionsSchema,
  customerSorts,
  type CustomerListItem,
} from '../../shared/customers';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  PersonCell,
  useCrmList,
  useCrmQuery,
  useFormat,
  useMay,
  useShortcuts,
  useUrlState,
  type Column,
} from '../ui';
import { factsOf, fallbackName, reachOf } from './facts';
import { FilterBar, FilterChips } from './filters';
import { useText } from './text';

const TYPING_MS = 250;
const NO_OPTIONS = { tier: [], segment: [] };

function useColumns(tierName: (key: string) => string): Column<CustomerListItem>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'person',
      label: text('customers.column.person'),
      card: 'title',
      cell: (customer) => (
        <PersonCell
          {...customer}
          fallback={fallbackName(customer)}
          reach={reachOf(customer)}
          to={crmPath(`customers/${customer.id}`)}
        />
      ),
    },
    {
      key: 'tier',
      label: text('customers.column.tier'),
      cell: (customer) => <Typography>{tierName(customer.tier)}</Typography>,
    },
    {
      key: 'orders',
      label: text('customers.column.orders'),
      align: 'end',
      cell: (customer) => (
        <Typography>
          {text('customers.orders', { count: factsOf(customer).orders?.count ?? 0 })}
        </Typography>
      ),
    },
    {
      key: 'spent',
      label: text('customers.column.spent'),
      align: 'end',
      cell: (customer) => (
        <Typography>{format.yen(factsOf(customer).orders?.spent ?? 0)}</Typography>
      ),
    },
    {
      key: 'lastOrder',
      label: text('customers.column.last-order'),
      cell: (customer) => {
        const last = factsOf(customer).orders?.lastOrderedAt;
        return <Typography>{last ? format.date(last) : '—'}</Typography>;
      },
    },
  ];
}

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Looks as one types, a moment after the last key; what is still being converted waits. */
function SearchBox({ value, onChange }: SearchBoxProps) {
  const text = useText();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [composing, setComposing] = useState(false);
  useShortcuts({ search: box });
  useEffect(() => {
    if (composing || typed === value) return;
    const timer = setTimeout(() => onChange(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, composing, onChange]);
  return (
    <SearchForm
      onSubmit={(event: { preventDefault: () => void }) => {
        event.preventDefault();
        onChange(typed);
      }}
    >
      <Searchbar
        ref={box}
        name="customers-search"
        value={typed}
        placeholder={text('customers.search.placeholder')}
        clearLabel={text('customers.search.clear')}
        onClear={() => {
          setTyped('');
          onChange('');
        }}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      >
        {text('customers.search.label')}
      </Searchbar>
    </SearchForm>
  );
}

export default function CustomersPage() {
  const text = useText();
  const navigate = useNavigate();
  const mayImport = useMay('customers.import');
  const [url, setUrl] = useUrlState({ q: '', tier: '', segment: '', consent: '', sort: '' });
  const list = useCrmList(customerListItemSchema, '/crm/customers', url);
  const { data } = useCrmQuery(customerOptionsSchema, '/crm/customers/options');
  const options = data?.data ?? NO_OPTIONS;
  const tierName = (key: string) =>
    options.tier.find((option) => option.value === key)?.label ?? key;
  const columns = useColumns(tierName);
  const narrowed = Boolean(url.q || url.tier || url.segment || url.consent);
  const importButton = mayImport ? (
    <Button startIcon={<Upload />} onClick={() => navigate(crmPath('customers/imports'))}>
      {text('customers.import.open')}
    </Button>
  ) : undefined;

  return (
    <PageLayout
      title={text('customers.list.title')}
      subtitle={text('customers.list.subtitle')}
      primaryAction={importButton}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={3} wrap="wrap" alignItems="flex-end">
          <Box flex="1 1 28rem">
            <SearchBox value={url.q} onChange={(q) => setUrl({ q })} />
          </Box>
          <FilterBar value={url} options={options} onChange={setUrl} />
          <Box minWidth="14rem">
            <SingleSelect
              size="S"
              aria-label={text('customers.sort')}
              value={url.sort || 'newest'}
              onChange={(sort) => setUrl({ sort: sort === 'newest' ? '' : String(sort) })}
            >
              {customerSorts.map((sort) => (
                <SingleSelectOption key={sort} value={sort}>
                  {text(`customers.sort.${sort}`)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Box>
        </Flex>
        <FilterChips value={url} options={options} onChange={setUrl} />
        <ListTable
          caption={text('customers.list.title')}
          columns={columns}
          list={list}
          rowKey={(customer) => customer.id}
          onRowClick={(customer) => navigate(crmPath(`customers/${customer.id}`))}
          empty={
            <EmptyState action={narrowed ? undefined : importButton}>
              {text(narrowed ? 'customers.empty.search' : 'customers.empty')}
            </EmptyState>
          }
        />
      </Flex>
    </PageLayout>
  );
}
