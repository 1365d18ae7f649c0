import { Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross, Download } from '@strapi/icons';

import {
  campaignRecipientSchema,
  guardReasons,
  type CampaignRecipient,
  type CampaignState,
  type GuardReason,
} from '../../../shared/delivery';
import {
  addressOf,
  EmptyState,
  ListTable,
  Panel,
  useCrmList,
  useDownload,
  useFormat,
  useMay,
  type Column,
} from '../../ui';

import { useText } from '../text';
import { useRecipientColumns } from './recipient-columns';

const isReason = (value: string): value is GuardReason =>
  guardReasons.some((reason) => reason === value);

function useColumns(state: CampaignState, onDecided: () => void): Column<CampaignRecipient>[] {
  const text = useText();
  const format = useFormat();
  const why = (row: CampaignRecipient) =>
    row.reason && isReason(row.reason) ? text(`delivery.reason.${row.reason}`) : (row.error ?? '');
  const { who, decide } = useRecipientColumns(onDecided);
  return [
    ...who,
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
    ...(state === 'unknown' ? [decide] : []),
  ];
}

/** What a word means that does not say it by itself. */
const WHAT = {
  unknown: 'delivery.decide.what',
  delivered: 'delivery.recipients.what.delivered',
  converted: 'delivery.recipients.what.converted',
} as const;

const isExplained = (state: CampaignState): state is keyof typeof WHAT => state in WHAT;

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
  const download = useDownload();
  const mayExport = useMay('customers.export');
  const takeFile = () =>
    download(addressOf(`/crm/campaigns/${id}/recipients/export`, { state }), `${state}.csv`);
  const columns = useColumns(state, () => {
    list.refetch();
    onDecided();
  });
  const what = isExplained(state) ? WHAT[state] : null;
  return (
    <Panel
      title={text(`delivery.state.${state}`)}
      action={
        <Flex gap={2}>
          {mayExport && list.rows.length > 0 ? (
            <Button
              size="S"
              variant="tertiary"
              startIcon={<Download />}
              onClick={() => void takeFile()}
            >
              {text('delivery.recipients.export')}
            </Button>
          ) : null}
          <IconButton label={text('delivery.recipients.close')} onClick={onClose}>
            <Cross />
          </IconButton>
        </Flex>
      }
    >
      {what ? (
        <Typography tag="p" textColor="neutral700" style={{ paddingBottom: '1.2rem' }}>
          {text(what)}
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
