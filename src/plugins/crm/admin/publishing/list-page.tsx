import { Badge, Box, Typography } from '@strapi/design-system';

import { publicationSchema, type Publication } from '../../shared/publishing';
import { ListPage, RowLink, useCrmList, useFormat, useNames, type Column } from '../ui';
import { useText } from './text';

const COLOURS = {
  waiting: ['primary100', 'primary700'],
  running: ['primary100', 'primary700'],
  done: ['success100', 'success700'],
  failed: ['danger100', 'danger700'],
} as const;

const addressOf = ({ uid, documentId, locale }: Publication): string =>
  `/content-manager/collection-types/${uid}/${documentId}` +
  (locale === '' ? '' : `?plugins[i18n][locale]=${locale}`);

function State({ state, error }: Publication) {
  const text = useText();
  const [background, color] = COLOURS[state];
  return (
    <Box>
      <Badge backgroundColor={background} textColor={color}>
        {text(`publishing.state.${state}`)}
      </Badge>
      {error ? (
        <Typography tag="p" variant="pi" textColor="danger600">
          {error === 'not-found' ? text('publishing.gone') : error}
        </Typography>
      ) : null}
    </Box>
  );
}

function useColumns(): readonly Column<Publication>[] {
  const text = useText();
  const format = useFormat();
  const names = useNames();
  return [
    {
      key: 'title',
      label: text('publishing.column.title'),
      card: 'title',
      cell: (row) => <RowLink to={addressOf(row)}>{row.title}</RowLink>,
    },
    {
      key: 'type',
      label: text('publishing.column.type'),
      cell: ({ type, locale }) =>
        [names.type(type), ...(locale === '' ? [] : [names.language(locale)])].join(' · '),
    },
    {
      key: 'action',
      label: text('publishing.column.action'),
      cell: ({ action }) => text(`publishing.action.${action}`),
    },
    {
      key: 'due',
      label: text('publishing.column.due'),
      cell: ({ dueAt }) => format.dateTime(dueAt),
    },
    {
      key: 'state',
      label: text('publishing.column.state'),
      cell: (row) => <State {...row} />,
    },
  ];
}

export default function PublicationListPage() {
  const text = useText();
  return (
    <ListPage
      title={text('publishing.title')}
      subtitle={text('publishing.subtitle')}
      columns={useColumns()}
      list={useCrmList(publicationSchema, '/crm/publications')}
      rowKey={({ id }) => id}
      addressOf={addressOf}
      empty={text('publishing.empty')}
    />
  );
}
