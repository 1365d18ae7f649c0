import type { KeyboardEvent, ReactNode } from 'react';

import {
  Box,
  Button,
  Flex,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import { useIsMobile } from '@strapi/strapi/admin';
import { styled } from 'styled-components';

import type { ListState } from './api/use-list';
import { ErrorState, Skeleton } from './states';
import { useUiText } from './text';
import { useFormat } from './use-format';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  readonly align?: 'start' | 'end';
  /** On a phone: `title` heads the card, `hidden` leaves it; the rest are label and value. */
  readonly card?: 'title' | 'hidden';
}

interface DataTableProps<Row> {
  /** What the rows are, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly onRowClick?: (row: Row) => void;
}

const Clickable = styled(Tr)<{ $clickable: boolean }>`
  cursor: ${({ $clickable }) => ($clickable ? 'pointer' : 'default')};
`;

const Cell = styled.div<{ $end: boolean }>`
  min-width: 0;
  font-size: ${({ theme }) => theme.fontSizes[2]};
  text-align: ${({ $end }) => ($end ? 'right' : 'left')};
  font-variant-numeric: tabular-nums;
`;

/** Stands over its numbers. */
const Head = styled(Th)<{ $end: boolean }>`
  & > * {
    justify-content: ${({ $end }) => ($end ? 'flex-end' : 'flex-start')};
  }
`;

/** A click on a link or button inside the row is that link's, not the row's. */
const ownClick = (target: EventTarget): boolean =>
  !(target instanceof Element && target.closest('a, button, input, label'));

const rowEvents = <Row,>(row: Row, onRowClick: ((row: Row) => void) | undefined) =>
  onRowClick
    ? {
        tabIndex: 0,
        onClick: (event: { target: EventTarget }) => {
          if (ownClick(event.target)) onRowClick(row);
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key === 'Enter' && ownClick(event.target)) onRowClick(row);
        },
      }
    : {};

function Cards<Row>({ caption, columns, rows, rowKey, onRowClick }: DataTableProps<Row>) {
  const title = columns.find((column) => column.card === 'title');
  const fields = columns.filter((column) => column.card === undefined);
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={2} aria-label={caption}>
      {rows.map((row) => (
        <Box
          tag="li"
          key={rowKey(row)}
          background="neutral0"
          padding={4}
          hasRadius
          shadow="tableShadow"
          {...rowEvents(row, onRowClick)}
        >
          {title ? <Box paddingBottom={2}>{title.cell(row)}</Box> : null}
          {fields.map((column) => (
            <Flex key={column.key} justifyContent="space-between" gap={4} paddingTop={1}>
              <Typography variant="pi" textColor="neutral600">
                {column.label}
              </Typography>
              <Cell $end>{column.cell(row)}</Cell>
            </Flex>
          ))}
        </Box>
      ))}
    </Flex>
  );
}

function Rows<Row>({ caption, columns, rows, rowKey, onRowClick }: DataTableProps<Row>) {
  return (
    <Table colCount={columns.length} rowCount={rows.length + 1} aria-label={caption}>
      <Thead>
        <Tr>
          {columns.map((column) => (
            <Head key={column.key} $end={column.align === 'end'}>
              <Typography variant="sigma" textColor="neutral600">
                {column.label}
              </Typography>
            </Head>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Clickable
            key={rowKey(row)}
            $clickable={Boolean(onRowClick)}
            {...rowEvents(row, onRowClick)}
          >
            {columns.map((column) => (
              <Td key={column.key}>
                <Cell $end={column.align === 'end'}>{column.cell(row)}</Cell>
              </Td>
            ))}
          </Clickable>
        ))}
      </Tbody>
    </Table>
  );
}

/** Rows as a table, at phone width as cards. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return useIsMobile() ? <Cards {...props} /> : <Rows {...props} />;
}

interface ListTableProps<Row> extends Omit<DataTableProps<Row>, 'rows'> {
  readonly list: ListState<Row>;
  /** What to show when nothing is there (`<EmptyState>`). */
  readonly empty: ReactNode;
}

/** A `useCrmList` in its four states, with "show more" below. */
export function ListTable<Row>({ list, empty, ...table }: ListTableProps<Row>) {
  const text = useUiText();
  const format = useFormat();
  if (list.isLoading) return <Skeleton lines={6} height="4.8rem" />;
  if (list.error && list.rows.length === 0) {
    return <ErrorState error={list.error} onRetry={list.refetch} />;
  }
  if (list.rows.length === 0 && !list.isFetching) return empty;
  const counts = {
    shown: format.number(list.rows.length),
    total: format.number(list.total ?? list.rows.length),
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <DataTable {...table} rows={list.rows} />
      {list.error ? <ErrorState error={list.error} onRetry={list.loadMore} /> : null}
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography variant="pi" textColor="neutral600" aria-live="polite">
          {text(list.totalIsEstimate ? 'ui.list.shown-about' : 'ui.list.shown', counts)}
        </Typography>
        {list.hasMore ? (
          <Button variant="tertiary" onClick={list.loadMore} loading={list.isFetching}>
            {text('ui.list.more')}
          </Button>
        ) : null}
      </Flex>
    </Flex>
  );
}
