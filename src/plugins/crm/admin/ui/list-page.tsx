import type { ReactNode } from 'react';

import { LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';

import type { ListState } from './api/use-list';
import { ListTable, type Column } from './data-table';
import { PageLayout } from './page-layout';
import { EmptyState } from './states';

interface ListPageProps<Row> {
  readonly title: string;
  readonly subtitle: string;
  readonly columns: readonly Column<Row>[];
  readonly list: ListState<Row>;
  readonly rowKey: (row: Row) => string | number;
  /** Where a row opens, within the admin. */
  readonly addressOf: (row: Row) => string;
  /** The one primary action, here and in the empty list; left out for who may not. */
  readonly create?: { readonly label: string; readonly to: string } | undefined;
  /** What the list is for, as long as nothing is in it. */
  readonly empty: string;
}

/** A screen that is one list: title, "new …", rows that open, and the four states. */
export function ListPage<Row>({
  title,
  subtitle,
  create,
  addressOf,
  ...props
}: ListPageProps<Row>) {
  const navigate = useNavigate();
  const { empty, ...table } = props;
  const action: ReactNode = create ? (
    <LinkButton tag={Link} to={create.to} startIcon={<Plus />}>
      {create.label}
    </LinkButton>
  ) : undefined;
  return (
    <PageLayout title={title} subtitle={subtitle} primaryAction={action}>
      <ListTable
        {...table}
        caption={title}
        onRowClick={(row) => navigate(addressOf(row))}
        empty={<EmptyState action={action}>{empty}</EmptyState>}
      />
    </PageLayout>
  );
}

interface RowLinkProps {
  readonly to: string;
  readonly children: ReactNode;
}

/** The name of a row, as the link that opens it: for the keyboard and for a new tab. */
export function RowLink({ to, children }: RowLinkProps) {
  return (
    <Typography fontWeight="semiBold" tag={Link} to={to}>
      {children}
    </Typography>
  );
}
