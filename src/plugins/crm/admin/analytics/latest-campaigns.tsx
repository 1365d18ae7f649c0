import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';

import type { HomeCampaign } from '../../shared/analytics';
import { crmPath, DataTable, Panel, useFormat, type Column } from '../ui';
import { useText } from './text';

function useColumns(): Column<HomeCampaign>[] {
  const text = useText();
  const format = useFormat();
  const number = (
    key: 'total' | 'accepted' | 'opened' | 'clicked' | 'blocked' | 'troubled',
  ): Column<HomeCampaign> => ({
    key,
    label: text(`analytics.campaigns.${key}`),
    align: 'end',
    cell: (campaign) => <Typography>{format.number(campaign[key])}</Typography>,
  });
  return [
    {
      key: 'name',
      label: text('analytics.campaigns.name'),
      card: 'title',
      cell: (campaign) => (
        <Flex direction="column" alignItems="flex-start">
          <Typography fontWeight="semiBold">
            <Link tag={NavLink} to={crmPath(`campaigns/${campaign.documentId}`)}>
              {campaign.name}
            </Link>
          </Typography>
          {campaign.startedAt === null ? null : (
            <Typography variant="pi" textColor="neutral600">
              {format.dateTime(campaign.startedAt)}
            </Typography>
          )}
        </Flex>
      ),
    },
    number('total'),
    number('accepted'),
    number('opened'),
    number('clicked'),
    number('blocked'),
    number('troubled'),
  ];
}

interface LatestCampaignsProps {
  readonly campaigns: readonly HomeCampaign[];
  readonly next: HomeCampaign | null;
}

/** The last campaigns as rows of honest numbers: people, machines left out. */
export function LatestCampaigns({ campaigns, next }: LatestCampaignsProps) {
  const text = useText();
  const format = useFormat();
  const columns = useColumns();
  return (
    <Panel
      title={text('analytics.campaigns.title')}
      action={
        <Link tag={NavLink} to={crmPath('campaigns')}>
          {text('analytics.campaigns.all')}
        </Link>
      }
    >
      {next && next.scheduledAt !== null ? (
        <Box paddingBottom={4}>
          <Typography>
            {text('analytics.campaigns.next', {
              name: next.name,
              at: format.dateTime(next.scheduledAt),
            })}
          </Typography>
        </Box>
      ) : null}
      {campaigns.length === 0 ? (
        <Typography textColor="neutral600">{text('analytics.campaigns.none')}</Typography>
      ) : (
        <DataTable
          caption={text('analytics.campaigns.title')}
          columns={columns}
          rows={campaigns}
          rowKey={(campaign) => campaign.documentId}
        />
      )}
    </Panel>
  );
}
