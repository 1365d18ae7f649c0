import { IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import {
  campaignRecipientSchema,
  guardReasons,
  type CampaignRecipient,
  type CampaignState,
  type GuardReason,
} from '../../../shared/delivery';
import {
  crmPath,
  EmptyState,
  ListTable,
  Panel,
  PersonCell,
  useCrmList,
  useFormat,
  type Column,
} from '../../ui';

import { Channel } from '../channel-list';
import { useText } from '../text';
import { Decide } from './decide';

const isReason = (value: string): value is GuardReason =>
  guardReasons.some((reason) => reason === value);

function useColumns(state: CampaignState, onDecided: () => void): Column<CampaignRecipient>[] {
  const text = useText();
  const format = useFormat();
  const why = (row: CampaignRecipient) =>
    row.reason && isReason(row.reason) ? text(`delivery.reason.${row.reason}`) : (row.error ?? '');
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
      cell: (row) => <Typography ellipsis>{row.address ?? '—'}</Typography>,
    },
    {
      key: 'when',
      label: text('delivery.recipients.when'),
      cell: (row) => (row.sentAt === null ? why(row) : format.dateTime(row.sentAt)),
    },
    ...(state === 'unknown'
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

interface RecipientsPanelProps {
  readonly id: string;
  readonly state: CampaignState;
  readonly onClose: () => void;
  readonly onDecided: () => void;
}

/** The people behind one number. */
export function RecipientsPanel({ id, state, onClose, onDecided }: RecipientsPanelProps) {
  const text = useText();
  const list = useCrmList(campaignRecipientSchema, `/crm/campaigns/${id}/recipients`, { state });
  const columns = useColumns(state, () => {
    list.refetch();
    onDecided();
  });
  return (
    <Panel
      title={text(`delivery.state.${state}`)}
      action={
        <IconButton label={text('delivery.recipients.close')} onClick={onClose}>
          <Cross />
        </IconButton>
      }
    >
      {state === 'unknown' ? (
        <Typography tag="p" textColor="neutral700" style={{ paddingBottom: '1.2rem' }}>
          {text('delivery.decide.what')}
        </Typography>
      ) : null}
      <ListTable
        caption={text(`delivery.state.${state}`)}
        columns={columns}
        list={list}
        rowKey={(row) => row.messageId}
        empty={<EmptyState>{text('delivery.recipients.empty')}</EmptyState>}
      />
    </Panel>
  );
}
