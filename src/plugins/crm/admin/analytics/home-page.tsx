import { Flex } from '@strapi/design-system';

import { homeSchema } from '../../shared/analytics';
import { ErrorState, PageLayout, Skeleton, useCrmQuery, useFormat } from '../ui';
import { AttentionList } from './attention-list';
import { FirstSteps } from './first-steps';
import { LatestCampaigns } from './latest-campaigns';
import { Numbers } from './numbers';
import { useText } from './text';

/** What needs me today, and how are we doing? */
export default function HomePage() {
  const text = useText();
  const format = useFormat();
  const { data, error, isLoading, refetch } = useCrmQuery(homeSchema, '/crm/home');
  const home = data?.data;
  return (
    <PageLayout
      title={text('analytics.home.title')}
      subtitle={
        home
          ? text('analytics.home.as-of', { at: format.dateTime(home.countedAt) })
          : text('analytics.home.lead')
      }
    >
      {isLoading ? <Skeleton lines={4} height="8rem" /> : null}
      {error ? <ErrorState error={error} onRetry={refetch} /> : null}
      {home ? (
        <Flex direction="column" alignItems="stretch" gap={5}>
          <FirstSteps steps={home.steps} />
          <AttentionList items={home.attention} />
          <Numbers home={home} />
          <LatestCampaigns campaigns={home.campaigns} next={home.next} />
        </Flex>
      ) : null}
    </PageLayout>
  );
}
