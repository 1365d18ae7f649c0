import { Flex, Status, Typography } from '@strapi/design-system';

import type { CampaignStatus } from '../../shared/delivery';

import { useText } from './text';

const LOOK: Readonly<
  Record<CampaignStatus, 'secondary' | 'primary' | 'success' | 'warning' | 'danger'>
> = {
  draft: 'secondary',
  awaiting: 'warning',
  scheduled: 'primary',
  sending: 'primary',
  paused: 'warning',
  sent: 'success',
  cancelled: 'danger',
};

export function CampaignStatusBadge({ status }: { readonly status: CampaignStatus }) {
  const text = useText();
  return (
    <Flex>
      <Status variant={LOOK[status]} size="S" width="auto">
        <Typography tag="span" variant="omega" fontWeight="bold">
          {text(`delivery.status.${status}`)}
        </Typography>
      </Status>
    </Flex>
  );
}
