import { Box, Button, Flex, Grid, LinkButton, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { Link, useParams } from 'react-router-dom';
import type { z } from 'zod';

import { friendRouteAnswerSchema } from '../../../shared/line-friend-route';
import {
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  StatCard,
  useCrmQuery,
  useFormat,
} from '../../ui';
import { useText } from '../text';

type Route = z.output<typeof friendRouteAnswerSchema>['data'];

const editorOf = ({ documentId }: Route): string =>
  `/content-manager/collection-types/plugin::crm.line-friend-route/${documentId}`;

const FIGURES = ['opens', 'friends', 'following', 'members'] as const;

function Figures({ route }: { readonly route: Route }) {
  const text = useText();
  const format = useFormat();
  return (
    <Grid.Root gap={3}>
      {FIGURES.map((key) => (
        <Grid.Item key={key} col={4} s={6} xs={6} direction="column" alignItems="stretch">
          <StatCard label={text(`line.routes.column.${key}`)} value={format.number(route[key])} />
        </Grid.Item>
      ))}
      <Grid.Item col={4} s={6} xs={6} direction="column" alignItems="stretch">
        <StatCard
          label={text('line.routes.column.amount')}
          value={format.yen(route.amount)}
          hint={text('line.routes.orders', { count: format.number(route.orders) })}
        />
      </Grid.Item>
    </Grid.Root>
  );
}

function Code({ route }: { readonly route: Route }) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const copy = async () => {
    await navigator.clipboard.writeText(route.url);
    toggleNotification({ type: 'success', message: text('line.routes.copied') });
  };
  return (
    <Panel title={text('line.routes.code')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Box background="neutral0">
          <img
            src={route.png}
            alt={text('line.routes.code-of', { name: route.name })}
            style={{ display: 'block', width: '100%', maxWidth: '24rem', margin: '0 auto' }}
          />
        </Box>
        <Typography style={{ overflowWrap: 'anywhere' }}>{route.url}</Typography>
        <Flex gap={2} wrap="wrap">
          <Button variant="secondary" onClick={() => void copy()}>
            {text('line.routes.copy')}
          </Button>
          <LinkButton variant="secondary" href={route.png} download={`line-${route.key}.png`}>
            {text('line.routes.download', { kind: 'PNG' })}
          </LinkButton>
          <LinkButton variant="secondary" href={route.svg} download={`line-${route.key}.svg`}>
            {text('line.routes.download', { kind: 'SVG' })}
          </LinkButton>
        </Flex>
      </Flex>
    </Panel>
  );
}

function RouteDetails({ route }: { readonly route: Route }) {
  const text = useText();
  return (
    <PageLayout
      title={route.name}
      backTo="line/routes"
      secondaryAction={
        <LinkButton tag={Link} variant="tertiary" to={editorOf(route)}>
          {text('line.routes.edit')}
        </LinkButton>
      }
    >
      <Grid.Root gap={5}>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
          {route.isAttributed ? null : (
            <Typography role="status" textColor="warning700">
              {text('line.routes.not-attributed')}
            </Typography>
          )}
          <Figures route={route} />
          <Typography variant="pi" textColor="neutral600">
            {text('line.routes.how')}
          </Typography>
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
          <Code route={route} />
        </Grid.Item>
      </Grid.Root>
    </PageLayout>
  );
}

export default function RoutePage() {
  const text = useText();
  const { id = '' } = useParams();
  const { data, error, refetch } = useCrmQuery(friendRouteAnswerSchema, `/crm/line/routes/${id}`);
  if (data) return <RouteDetails route={data.data} />;
  return (
    <PageLayout title={text('line.routes.title')} backTo="line/routes">
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton lines={6} height="4rem" />
      )}
    </PageLayout>
  );
}
