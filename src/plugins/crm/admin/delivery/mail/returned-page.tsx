import { LinkButton, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import { returnedKinds, returnedMailSchema, type ReturnedMail } from '../../../shared/mail-sending';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  RowLink,
  useCrmList,
  useFormat,
  useUrlState,
  type Column,
} from '../../ui';

import { useText } from '../text';

function useColumns(): Column<ReturnedMail>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'address',
      label: text('delivery.recipients.address'),
      card: 'title',
      cell: ({ address, customerId }) =>
        customerId === null ? (
          <Typography>{address ?? '—'}</Typography>
        ) : (
          <RowLink to={crmPath(`customers/${customerId}`)}>{address ?? '—'}</RowLink>
        ),
    },
    {
      key: 'kind',
      label: text('delivery.returned.kind'),
      cell: ({ kind }) => text(`delivery.returned.kind.${kind}`),
    },
    {
      key: 'campaign',
      label: text('delivery.returned.campaign'),
      cell: ({ campaign }) =>
        campaign ? (
          <RowLink to={crmPath(`campaigns/${campaign.documentId}`)}>{campaign.name}</RowLink>
        ) : (
          '—'
        ),
    },
    {
      key: 'at',
      label: text('delivery.returned.at'),
      cell: ({ at }) => format.dateTime(at),
    },
    {
      key: 'detail',
      label: text('delivery.returned.detail'),
      cell: ({ detail }) => (
        <Typography variant="pi" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {detail ?? '—'}
        </Typography>
      ),
    },
  ];
}

/** What came back over all campaigns, and why? */
export default function ReturnedPage() {
  const text = useText();
  const [url, setUrl] = useUrlState({ kind: '' });
  const list = useCrmList(returnedMailSchema, '/crm/mail-sending/returned', url);
  return (
    <PageLayout
      title={text('delivery.returned.title')}
      subtitle={text('delivery.returned.subtitle')}
      backTo="campaigns/mail"
      primaryAction={
        <LinkButton tag={Link} to={crmPath('suppressions')} variant="secondary">
          {text('delivery.mail.suppressions')}
        </LinkButton>
      }
      secondaryAction={
        <SingleSelect
          aria-label={text('delivery.returned.kind')}
          size="S"
          value={url.kind}
          placeholder={text('delivery.returned.all')}
          onClear={() => setUrl({ kind: '' })}
          onChange={(kind) => setUrl({ kind: String(kind) })}
        >
          {returnedKinds.map((kind) => (
            <SingleSelectOption key={kind} value={kind}>
              {text(`delivery.returned.kind.${kind}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      }
    >
      <ListTable
        caption={text('delivery.returned.title')}
        columns={useColumns()}
        list={list}
        rowKey={({ id }) => id}
        empty={<EmptyState>{text('delivery.returned.empty')}</EmptyState>}
      />
    </PageLayout>
  );
}
