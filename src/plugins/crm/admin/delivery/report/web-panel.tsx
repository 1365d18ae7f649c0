import { Flex, Link, Typography } from '@strapi/design-system';
import { z } from 'zod';

import { campaignSchema, type Campaign } from '../../../shared/delivery';
import { Panel, useCrmMutation } from '../../ui';

import { useText } from '../text';
import { WebFields, type WebChoice } from '../web-fields';

const answerSchema = z.object({ data: campaignSchema });

interface WebPanelProps {
  readonly campaign: Campaign;
  readonly onChanged: () => void;
}

/** The message on the web: its address, and taking it on or off at any time. */
export function WebPanel({ campaign, onChanged }: WebPanelProps) {
  const text = useText();
  const save = useCrmMutation(answerSchema, (choice: WebChoice) => ({
    method: 'PUT',
    path: `/crm/campaigns/${campaign.documentId}/web`,
    body: choice,
  }));
  const change = async ({ web, webNoindex }: WebChoice) => {
    const saved = await save.run({ web, webNoindex });
    if (saved.ok) onChanged();
  };
  return (
    <Panel title={text('delivery.web.title')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <WebFields
          value={campaign}
          disabled={save.isRunning}
          onChange={(choice) => void change(choice)}
        />
        {campaign.web === 'none' ? null : (
          <Typography>
            <Link href={`/newsletters/${campaign.documentId}`} isExternal>
              {text('delivery.web.open')}
            </Link>
          </Typography>
        )}
      </Flex>
    </Panel>
  );
}
