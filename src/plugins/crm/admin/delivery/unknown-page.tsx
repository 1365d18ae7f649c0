import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import { campaignRecipientSchema, type CampaignRecipient } from '../../shared/delivery';
import { EmptyState, ListTable, PageLayout, useCrmList, useMay, type Column } from '../ui';

import { useRecipientColumns } from './report/recipient-columns';
import { useText } from './text';

/** Long words end a line here: a table would push the buttons off the screen. */
const Words = styled(Typography)`
  display: inline-block;
  max-width: 24rem;
  white-space: normal;
  overflow-wrap: anywhere;
`;

function useColumns(onDecided: () => void): Column<CampaignRecipient>[] {
  const text = useText();
  const may = useMay('campaigns.send');
  const { who, decide } = useRecipientColumns(onDecided);
  return [
    ...who,
    {
      key: 'address',
      label: text('delivery.recipients.address'),
      cell: (row) => <Words>{row.address ?? '—'}</Words>,
    },
    {
      key: 'why',
      label: text('delivery.unknown.why'),
      cell: ({ error }) => (
        <Words variant="pi">
          {error === 'interrupted' ? text('delivery.unknown.interrupted') : (error ?? '—')}
        </Words>
      ),
    },
    ...(may ? [decide] : []),
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
