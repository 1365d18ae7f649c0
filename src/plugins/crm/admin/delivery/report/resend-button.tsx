import { Button, Typography } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import { campaignSchema, type Campaign } from '../../../shared/delivery';
import { crmPath, useCrmMutation, useMay } from '../../ui';

import { useText } from '../text';

const answerSchema = z.object({ data: campaignSchema });

/** Opens the draft for those who did not read it, or what became of it. */
export function ResendButton({ campaign }: { readonly campaign: Campaign }) {
  const text = useText();
  const navigate = useNavigate();
  const may = useMay('campaigns.update');
  const resend = useCrmMutation(answerSchema, (id: string) => ({
    method: 'POST',
    path: `/crm/campaigns/${id}/resend`,
    body: {},
  }));
  if (!may || campaign.status !== 'sent' || campaign.resendOf !== null) return null;
  if (campaign.lineNarrowing) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {text('delivery.resend.narrowed')}
      </Typography>
    );
  }
  const run = async () => {
    const done = await resend.run(campaign.documentId);
    if (!done.ok) return;
    const { documentId, status } = done.value.data;
    navigate(crmPath(`campaigns/${documentId}${status === 'draft' ? '/edit' : ''}`));
  };
  return (
    <Button variant="secondary" loading={resend.isRunning} onClick={() => void run()}>
      {text('delivery.resend.button')}
    </Button>
  );
}
