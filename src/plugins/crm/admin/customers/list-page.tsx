import { useState } from 'react';

import {
  Box,
  Button,
  Checkbox,
  Flex,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { Download, Upload } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';

import type { BulkRun } from '../../shared/customer-work';
import {
  customerListItemSchema,
  customerOptionsSchema,
  customerSorts,
  type CustomerListItem,
  type CustomerOptions,
} from '../../shared/customers';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  useCrmList,
  useCrmQuery,
  useMay,
  useUrlState,
  type Column,
  type ListState,
} from '../ui';
import { BulkBar, BulkProgress, type Selection } from './bulk-bar';
import { CallRedirect } from './call-redirect';
import { ColumnChooser } from './column-chooser';
import { ExportDialog } from './export-dialog';
import { FilterBar, FilterChips } from './filters';
import { DEFAULT_COLUMNS, useColumnChoices, useListColumns } from './list-columns';
import { PreviewPanel } from './preview-panel';
import { SearchBox } from './search-box';
import { useText } from './text';
import { ViewTabs } from './view-tabs';

const NO_OPTIONS: CustomerOptions = { tier: [], segment: [], lifecycle: [], owner: [], custom: [] };

const NOTHING = {
  q: '',
  tier: '',
  segment: '',
  consent: '',
  lifecycle: '',
  owner: '',
  sort: '',
  columns: '',
  preview: '',
  tel: '',
};
type Url = Readonly<Record<keyof typeof NOTHING, string>>;

/** What narrows the list, without how it is shown. */
const filterOf = ({ q, tier, segment, consent, lifecycle, owner }: Url) =>
  Object.fromEntries(
    Object.entries({ q, tier, segment, consent, lifecycle, owner }).filter(([, value]) => value),
  );

/** People chosen for an action: some, or all that the list shows. */
function useChosen(list: ListState<CustomerListItem>, filter: Readonly<Record<string, string>>) {
  const key = JSON.stringify(filter);
  const [chosen, setChosen] = useState({ key, ids: new Set<number>(), isAll: false });
  const current = chosen.key === key ? chosen : { key, ids: new Set<number>(), isAll: false };
  return {
    isAll: current.isAll,
    has: (id: number) => current.isAll || current.ids.has(id),
    count: current.isAll ? (list.total ?? 0) : current.ids.size,
    selection: (current.isAll ? { filter } : { ids: [...current.ids] }) as Selection,
    toggle(id: number) {
      const ids = new Set(current.ids);
      if (!ids.delete(id)) ids.add(id);
      setChosen({ key, ids, isAll: false });
    },
    toggleAll: () => setChosen({ key, ids: new Set(), isAll: !current.isAll }),
    clear: () => setChosen({ key, ids: new Set(), isAll: false }),
  };
}
type Chosen = ReturnType<typeof useChosen>;

function useChoiceColumn(chosen: Chosen): Column<CustomerListItem> {
  const text = useText();
  return {
    key: 'choice',
    label: text('customers.bulk.choose'),
    card: 'hidden',
    cell: ({ id, familyName, givenName }) => (
      <Checkbox
        aria-label={text('customers.bulk.choose-one', {
          name: [familyName, givenName].filter(Boolean).join(' '),
        })}
        checked={chosen.has(id)}
        onCheckedChange={() => chosen.toggle(id)}
      />
    ),
  };
}

interface ToolbarProps {
  readonly url: Url;
  readonly options: CustomerOptions;
  readonly onChange: (change: Partial<Url>) => void;
}

function Toolbar({ url, options, onChange }: ToolbarProps) {
  const text = useText();
  const choices = useColumnChoices(options);
  const columns = url.columns === '' ? DEFAULT_COLUMNS : url.columns.split(',');
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={3} wrap="wrap" alignItems="flex-end">
        <Box flex="1 1 28rem">
          <SearchBox value={url.q} onChange={(q) => onChange({ q })} />
        </Box>
        <Box minWidth="14rem">
          <SingleSelect
            size="S"
            aria-label={text('customers.sort')}
            value={url.sort || 'newest'}
            onChange={(sort) => onChange({ sort: sort === 'newest' ? '' : String(sort) })}
          >
            {customerSorts.map((sort) => (
              <SingleSelectOption key={sort} value={sort}>
                {text(`customers.sort.${sort}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
        <ColumnChooser
          choices={choices}
          chosen={columns}
          onChange={(chosen) => onChange({ columns: chosen.join(',') })}
        />
      </Flex>
      <FilterBar value={url} options={options} onChange={onChange} />
    </Flex>
  );
}

function Actions({ filter }: { readonly filter: Readonly<Record<string, string>> }) {
  const text = useText();
  const navigate = useNavigate();
  const mayImport = useMay('customers.import');
  const mayExport = useMay('customers.export');
  const [isExporting, setExporting] = useState(false);
  return (
    <Flex gap={2} wrap="wrap">
      {mayExport ? (
        <Button variant="tertiary" startIcon={<Download />} onClick={() => setExporting(true)}>
          {text('customers.export')}
        </Button>
      ) : null}
      <Button variant="tertiary" onClick={() => navigate(crmPath('customers/duplicates'))}>
        {text('customers.duplicates.open')}
      </Button>
      {mayImport ? (
        <Button startIcon={<Upload />} onClick={() => navigate(crmPath('customers/imports'))}>
          {text('customers.import.open')}
        </Button>
      ) : null}
      {isExporting ? <ExportDialog filter={filter} onClose={() => setExporting(false)} /> : null}
    </Flex>
  );
}

interface PeopleProps extends ToolbarProps {
  readonly list: ListState<CustomerListItem>;
}

/** The list itself, with what can be done to those chosen in it. */
function People({ url, options, list, onChange }: PeopleProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const filter = filterOf(url);
  const chosen = useChosen(list, filter);
  const choice = useChoiceColumn(chosen);
  const shown = url.columns === '' ? DEFAULT_COLUMNS : url.columns.split(',');
  const columns = useListColumns(options, shown);
  const [run, setRun] = useState<BulkRun | null>(null);
  const isNarrowed = Object.keys(filter).length > 0;
  const started = (begun: BulkRun) => {
    setRun(begun);
    chosen.clear();
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {run ? <BulkProgress run={run} onOver={list.refetch} onClose={() => setRun(null)} /> : null}
      {mayUpdate && list.rows.length > 0 ? (
        <Checkbox checked={chosen.isAll} onCheckedChange={chosen.toggleAll}>
          {text('customers.bulk.all')}
        </Checkbox>
      ) : null}
      {chosen.count > 0 ? (
        <BulkBar
          selection={chosen.selection}
          count={chosen.count}
          isAtLeast={chosen.isAll && list.totalIsEstimate}
          options={options}
          onStarted={started}
          onClear={chosen.clear}
        />
      ) : null}
      <ListTable
        caption={text('customers.list.title')}
        columns={mayUpdate ? [choice, ...columns] : columns}
        list={list}
        rowKey={(customer) => customer.id}
        onRowClick={(customer) => onChange({ preview: String(customer.id) })}
        empty={
          <EmptyState>{text(isNarrowed ? 'customers.empty.search' : 'customers.empty')}</EmptyState>
        }
      />
    </Flex>
  );
}

export default function CustomersPage() {
  const text = useText();
  const [url, setUrl] = useUrlState(NOTHING);
  const filter = filterOf(url);
  const list = useCrmList(customerListItemSchema, '/crm/customers', { ...filter, sort: url.sort });
  const { data, isLoading } = useCrmQuery(customerOptionsSchema, '/crm/customers/options');
  const options = data?.data ?? NO_OPTIONS;
  const preview = list.rows.find((customer) => String(customer.id) === url.preview);
  return (
    <PageLayout
      title={text('customers.list.title')}
      subtitle={text('customers.list.subtitle')}
      primaryAction={<Actions filter={filter} />}
    >
      {url.tel ? <CallRedirect number={url.tel} /> : null}
      <Flex direction="column" alignItems="stretch" gap={4}>
        <ViewTabs state={url} onOpen={setUrl} />
        <Toolbar url={url} options={options} onChange={setUrl} />
        <FilterChips value={url} options={options} isLoading={isLoading} onChange={setUrl} />
        <Flex gap={4} alignItems="flex-start" wrap="wrap">
          <Box flex="3 1 40rem" minWidth={0}>
            <People url={url} options={options} list={list} onChange={setUrl} />
          </Box>
          {preview ? (
            <Box flex="1 1 28rem">
              <PreviewPanel customer={preview} onClose={() => setUrl({ preview: '' })} />
            </Box>
          ) : null}
        </Flex>
      </Flex>
    </PageLayout>
  );
}
