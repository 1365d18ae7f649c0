import { Typography } from '@strapi/design-system';

import { campaignRecipientSchema, type CampaignRecipient } from '../../shared/delivery';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  PersonCell,
  useCrmList,
  useMay,
  type Column,
} from '../ui';

import { Channel } from './channel-list';
import { Decide } from './report/decide';
import { useText } from './text';

function useColumns(onDecided: () => void): Column<CampaignRecipient>[] {
  const text = useText();
  const may = useMay('campaigns.send');
  return [
    {
      key: 'person',
      label: text('delivery.recipients.person'),
      card: 'title',
      cell: (row) => (
        <PersonCell
          familyName={row.name}
          familyNameKana={row.kana}
          fallback={row.address}
          to={row.customerId === null ? undefined : crmPath(`customers/${row.customerId}`)}
        />
      ),
    },
    {
      key: 'channel',
      label: text('delivery.list.channels'),
      cell: (row) => <Channel channel={row.channel} />,
    },
    {
      key: 'address',
      label: text('delivery.recipients.address'),
      cell: (row) => (
        <Typography style={{ overflowWrap: 'anywhere' }}>{row.address ?? '—'}</Typography>
      ),
    },
    {
      key: 'why',
      label: text('delivery.unknown.why'),
      cell: (row) => (
        <Typography variant="pi" style={{ overflowWrap: 'anywhere' }}>
          {row.error ?? '—'}
        </Typography>
      ),
    },
    ...(may
      ? [
          {
            key: 'decide',
            label: text('delivery.decide.title'),
            cell: (row: CampaignRecipient) => (
              <Decide messageId={row.messageId} onDecided={onDecided} />
            ),
          },
        ]
      : []),
  ];
}

/** Messages of all kinds whose fate a person has to decide. */
export default function UnknownPage() {
  const text = useText();
  const list = useCrmList(campaignRecipientSchema, '/crm/messages/unknown');
  return (
    <PageLayout
      title={text('delivery.unknown.title')}
      subtitle={text('delivery.unknown.subtitle')}
      backTo="health"
    >
      <ListTable
        caption={text('delivery.unknown.title')}
        columns={useColumns(list.refetch)}
        list={list}
        rowKey={({ messageId }) => messageId}
        empty={<EmptyState>{text('delivery.unknown.empty')}</EmptyState>}
      />
    </PageLayout>
  );
}
