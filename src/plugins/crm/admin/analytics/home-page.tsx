import { lazy, Suspense, useMemo, type ComponentType } from 'react';

import { Flex, LinkButton } from '@strapi/design-system';
import { Mail } from '@strapi/icons';
import { Link } from 'react-router-dom';

import { homeSchema } from '../../shared/analytics';
import {
  crmPath,
  ErrorState,
  homePanels,
  PageLayout,
  Skeleton,
  useCrmQuery,
  useFormat,
  useMay,
} from '../ui';
import { AttentionList } from './attention-list';
import { FirstSteps } from './first-steps';
import { LatestCampaigns } from './latest-campaigns';
import { Numbers } from './numbers';
import { useText } from './text';

function PanelOf({ permission, Panel }: { permission: string; Panel: ComponentType }) {
  const allowed = useMay(permission);
  if (!allowed) return null;
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <Panel />
    </Suspense>
  );
}

/** What other features have to say on Home. */
function OtherPanels() {
  const panels = useMemo(
    () => homePanels().map((panel) => ({ ...panel, Panel: lazy(panel.component) })),
    [],
  );
  return (
    <>
      {panels.map(({ key, permission, Panel }) => (
        <PanelOf key={key} permission={permission} Panel={Panel} />
      ))}
    </>
  );
}

/** What needs me today, and how are we doing? */
export default function HomePage() {
  const text = useText();
  const format = useFormat();
  const { data, error, isLoading, refetch } = useCrmQuery(homeSchema, '/crm/home');
  const maySetReports = useMay('reports.update');
  const home = data?.data;
  return (
    <PageLayout
      title={text('analytics.home.title')}
      secondaryAction={
        maySetReports ? (
          <LinkButton
            tag={Link}
            to={crmPath('report-mail')}
            variant="tertiary"
            startIcon={<Mail />}
          >
            {text('analytics.report-mail.open')}
          </LinkButton>
        ) : undefined
      }
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
          <OtherPanels />
          <Numbers home={home} />
          <LatestCampaigns campaigns={home.campaigns} next={home.next} />
        </Flex>
      ) : null}
    </PageLayout>
  );
}
