import { Field, Flex, TextInput, Typography } from '@strapi/design-system';

import {
  MOST_PATH_PAGES,
  PATH_DAYS,
  pagePathsAnswerSchema,
  type PagePath,
  type PagePaths,
} from '../../shared/page-paths';
import {
  DataTable,
  EmptyState,
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useCrmQuery,
  useFormat,
  useUrlState,
  type Column,
} from '../ui';
import { useText } from './text';

const DAY_MS = 86_400_000;

const dayBefore = (days: number): string =>
  new Intl.DateTimeFormat('sv-SE').format(Date.now() - days * DAY_MS);

function useColumns(orders: number): readonly Column<PagePath>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'page',
      label: text('analytics.paths.page'),
      card: 'title',
      cell: ({ page }) => (
        <Typography fontWeight="semiBold" style={{ wordBreak: 'break-all' }}>
          {page}
        </Typography>
      ),
    },
    {
      key: 'orders',
      label: text('analytics.paths.orders'),
      align: 'end',
      cell: (path) => format.number(path.orders),
    },
    {
      key: 'share',
      label: text('analytics.paths.share'),
      align: 'end',
      cell: (path) => (orders === 0 ? '–' : format.percent(path.orders / orders)),
    },
    {
      key: 'views',
      label: text('analytics.paths.views'),
      align: 'end',
      cell: ({ views }) => format.number(views),
    },
  ];
}

function Report({ found }: { readonly found: PagePaths }) {
  const text = useText();
  const format = useFormat();
  const columns = useColumns(found.orders);
  if (found.pages.length === 0) return <EmptyState>{text('analytics.paths.empty')}</EmptyState>;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography aria-live="polite">
        {text('analytics.paths.sum', {
          orders: format.number(found.orders),
          withPages: format.number(found.withPages),
        })}
      </Typography>
      <DataTable
        caption={text('analytics.paths.title')}
        columns={columns}
        rows={found.pages}
        rowKey={({ page }) => page}
      />
      {found.pages.length === MOST_PATH_PAGES ? (
        <Typography variant="pi" textColor="neutral600">
          {text('analytics.paths.most', { pages: MOST_PATH_PAGES })}
        </Typography>
      ) : null}
    </Flex>
  );
}

/** Which pages people saw before they bought. */
export default function PathsPage() {
  const text = useText();
  const [range, setRange] = useUrlState({ from: dayBefore(29), to: dayBefore(0) });
  const isRange = range.from !== '' && range.to !== '' && range.from <= range.to;
  const report = useCrmQuery(pagePathsAnswerSchema, isRange ? '/crm/page-paths' : null, range);
  const ends = ['from', 'to'] as const;
  return (
    <PageLayout
      title={text('analytics.paths.title')}
      subtitle={text('analytics.paths.subtitle', { days: PATH_DAYS })}
    >
      <Panel title={text('analytics.paths.range')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Flex gap={4} wrap="wrap">
            {ends.map((end) => (
              <Field.Root
                key={end}
                error={end === 'to' && !isRange ? text('analytics.paths.wrong') : undefined}
              >
                <Field.Label>{text(`analytics.paths.${end}`)}</Field.Label>
                <TextInput
                  type="date"
                  value={range[end]}
                  onChange={(event) => setRange({ [end]: event.target.value })}
                />
                <Field.Error />
              </Field.Root>
            ))}
          </Flex>
          {report.error ? <ErrorState error={report.error} onRetry={report.refetch} /> : null}
          {report.isLoading ? <Skeleton lines={6} height="4rem" /> : null}
          {report.data ? <Report found={report.data.data} /> : null}
        </Flex>
      </Panel>
    </PageLayout>
  );
}
