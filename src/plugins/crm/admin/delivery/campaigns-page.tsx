import {
  Flex,
  LinkButton,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';

import { campaignSchema, campaignStatuses, type Campaign } from '../../shared/delivery';
import {
  crmPath,
  EmptyState,
  ListTable,
  PageLayout,
  useCrmList,
  useFormat,
  useUrlState,
  type Column,
} from '../ui';

import { CampaignStatusBadge } from './campaign-status';
import { ChannelList } from './channel-list';
import { useText } from './text';

const editable = (campaign: Campaign) => campaign.status === 'draft';

const addressOfCampaign = (campaign: Campaign): string =>
  crmPath(`campaigns/${campaign.documentId}${editable(campaign) ? '/edit' : ''}`);

function useColumns(): Column<Campaign>[] {
  const text = useText();
  const format = useFormat();
  const when = (campaign: Campaign): string => {
    if (campaign.finishedAt !== null) return format.dateTime(campaign.finishedAt);
    if (campaign.startedAt !== null) return format.dateTime(campaign.startedAt);
    if (campaign.status === 'scheduled' && campaign.scheduledAt !== null) {
      return format.dateTime(campaign.scheduledAt);
    }
    return '—';
  };
  return [
    {
      key: 'name',
      label: text('delivery.list.name'),
      card: 'title',
      cell: (campaign) => (
        <Link to={addressOfCampaign(campaign)} style={{ color: 'inherit' }}>
          <Typography fontWeight="semiBold">{campaign.name}</Typography>
        </Link>
      ),
    },
    {
      key: 'status',
      label: text('delivery.list.status'),
      cell: (campaign) => <CampaignStatusBadge status={campaign.status} />,
    },
    {
      key: 'segment',
      label: text('delivery.list.segment'),
      cell: (campaign) => campaign.segmentName ?? '—',
    },
    {
      key: 'channels',
      label: text('delivery.list.channels'),
      cell: (campaign) => <ChannelList channels={campaign.channels} />,
    },
    { key: 'when', label: text('delivery.list.when'), cell: when },
  ];
}

function CreateButton() {
  const text = useText();
  return (
    <LinkButton tag={Link} to={crmPath('campaigns/new')} startIcon={<Plus />}>
      {text('delivery.create')}
    </LinkButton>
  );
}

export default function CampaignsPage() {
  const text = useText();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlState({ status: '' });
  const list = useCrmList(campaignSchema, '/crm/campaigns', { status: filter.status });
  const columns = useColumns();
  return (
    <PageLayout
      title={text('delivery.title')}
      subtitle={text('delivery.subtitle')}
      primaryAction={<CreateButton />}
      secondaryAction={
        <Flex gap={2} wrap="wrap">
          <LinkButton tag={Link} to={crmPath('campaigns/rules')} variant="tertiary">
            {text('delivery.rules.title')}
          </LinkButton>
          <LinkButton tag={Link} to={crmPath('campaigns/mail')} variant="tertiary">
            {text('delivery.mail.title')}
          </LinkButton>
          <LinkButton tag={Link} to={crmPath('campaigns/topics')} variant="tertiary">
            {text('delivery.topics.title')}
          </LinkButton>
          <SingleSelect
            aria-label={text('delivery.list.status')}
            size="S"
            value={filter.status}
            placeholder={text('delivery.list.all')}
            onClear={() => setFilter({ status: '' })}
            onChange={(status) => setFilter({ status: String(status) })}
          >
            {campaignStatuses.map((status) => (
              <SingleSelectOption key={status} value={status}>
                {text(`delivery.status.${status}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Flex>
      }
    >
      <ListTable
        caption={text('delivery.title')}
        columns={columns}
        list={list}
        rowKey={(campaign) => campaign.documentId}
        onRowClick={(campaign) => navigate(addressOfCampaign(campaign))}
        empty={
          <EmptyState action={<CreateButton />}>
            {text(filter.status ? 'delivery.list.none-here' : 'delivery.list.empty')}
          </EmptyState>
        }
      />
    </PageLayout>
  );
}
