import { Flex } from '@strapi/design-system';

import { settingsSchema } from '../../shared/settings';
import { ErrorState, PageLayout, Skeleton, useCrmQuery } from '../ui';
import { EmailCard } from './email-card';
import { LineCards } from './line-cards';
import { ConsentPanel, OrganisationPanel, TiersPanel, TrackingPanel } from './panels';
import { useText } from './text';

/** Does it work? Channels with a live check, then what stands in the configuration. */
export default function SettingsPage() {
  const text = useText();
  const { data, error, isLoading, refetch } = useCrmQuery(settingsSchema, '/crm/settings');
  const settings = data?.data;
  return (
    <PageLayout title={text('settings.title')} subtitle={text('settings.lead')}>
      {isLoading ? <Skeleton lines={4} height="8rem" /> : null}
      {error ? <ErrorState error={error} onRetry={refetch} /> : null}
      {settings ? (
        <Flex direction="column" alignItems="stretch" gap={5}>
          <EmailCard settings={settings} onCheckAgain={refetch} />
          <LineCards />
          <OrganisationPanel settings={settings} />
          <TiersPanel />
          <ConsentPanel wordings={settings.wordings} />
          <TrackingPanel tracking={settings.tracking} />
        </Flex>
      ) : null}
    </PageLayout>
  );
}
