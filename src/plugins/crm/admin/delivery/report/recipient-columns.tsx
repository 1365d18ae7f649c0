import type { CampaignRecipient } from '../../../shared/delivery';
import { crmPath, PersonCell, type Column } from '../../ui';

import { Channel } from '../channel-list';
import { useText } from '../text';
import { Decide } from './decide';

interface RecipientColumns {
  readonly who: readonly Column<CampaignRecipient>[];
  /** For messages of which nobody knows whether they arrived. */
  readonly decide: Column<CampaignRecipient>;
}

/** What every list of recipients begins with, and the decision on one of them. */
export function useRecipientColumns(onDecided: () => void): RecipientColumns {
  const text = useText();
  return {
    who: [
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
    ],
    decide: {
      key: 'decide',
      label: text('delivery.decide.title'),
      cell: (row) => <Decide messageId={row.messageId} onDecided={onDecided} />,
    },
  };
}
