import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import {
  mailSendingAnswerSchema,
  type MailLimitView,
  type MailSending,
} from '../../../shared/mail-sending';
import {
  crmPath,
  ErrorState,
  PageLayout,
  Panel,
  Progress,
  Skeleton,
  useCrmQuery,
  useFormat,
  useMay,
} from '../../ui';

import { DomainPanel } from '../rules/domain-panel';
import { useText } from '../text';

import { ServerCard } from './server-card';

function Limit({ limit, since }: { readonly limit: MailLimitView; readonly since: string | null }) {
  const text = useText();
  const format = useFormat();
  const window = text(`delivery.mail.limit.${limit.kind}`, {
    domains: limit.domains.join(text('delivery.mail.between')),
    since: since ?? '',
  });
  const { server } = limit;
  const name = server === null ? window : text('delivery.mail.limit.of-server', { server, window });
  if (limit.limit === null) {
    return <Typography>{text('delivery.mail.limit.over', { name })}</Typography>;
  }
  const most = format.number(limit.limit);
  if (limit.used === null) {
    return <Typography>{text('delivery.mail.limit.set', { name, most })}</Typography>;
  }
  const used = format.number(limit.used);
  return (
    <Progress
      done={limit.used}
      total={limit.limit}
      label={text('delivery.mail.limit.used', { name, most, used })}
    />
  );
}

/** What is set, and how much of it is taken at this moment. */
function LimitsPanel({ sending }: { readonly sending: MailSending }) {
  const text = useText();
  return (
    <Panel title={text('delivery.mail.limits')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {sending.limits.length === 0 ? (
          <Typography textColor="neutral700">{text('delivery.mail.no-limits')}</Typography>
        ) : null}
        {sending.limits.map((limit) => (
          <Limit
            key={`${limit.kind} ${limit.server ?? ''} ${limit.domains.join()}`}
            limit={limit}
            since={sending.warmUpSince}
          />
        ))}
      </Flex>
    </Panel>
  );
}

function ReturnedPanel({ sending }: { readonly sending: MailSending }) {
  const text = useText();
  const maySee = useMay('customers.read');
  return (
    <Panel title={text('delivery.mail.feedback')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral700">
          {sending.feedback.length === 0
            ? text('delivery.mail.no-feedback')
            : text('delivery.mail.feedback-by', {
                names: sending.feedback
                  .map((source) => text(`delivery.mail.source.${source}`))
                  .join(text('delivery.mail.between')),
              })}
        </Typography>
        {maySee ? (
          <Flex gap={2} wrap="wrap">
            <LinkButton tag={Link} to={crmPath('campaigns/returned')} variant="secondary">
              {text('delivery.returned.title')}
            </LinkButton>
            <LinkButton tag={Link} to={crmPath('suppressions')} variant="secondary">
              {text('delivery.mail.suppressions')}
            </LinkButton>
          </Flex>
        ) : null}
      </Flex>
    </Panel>
  );
}

/** Does mail go out, how fast may it, and what comes back? */
export default function MailPage() {
  const text = useText();
  const { data, error, refetch } = useCrmQuery(mailSendingAnswerSchema, '/crm/mail-sending');
  const sending = data?.data;
  return (
    <PageLayout
      title={text('delivery.mail.title')}
      subtitle={text('delivery.mail.subtitle')}
      backTo="campaigns"
    >
      {error ? <ErrorState error={error} onRetry={refetch} /> : null}
      {!sending && !error ? <Skeleton lines={6} height="4.8rem" /> : null}
      {sending ? (
        <Flex direction="column" alignItems="stretch" gap={4}>
          {sending.servers.map((server, place) => (
            <ServerCard key={server.key} server={server} place={place + 1} />
          ))}
          <LimitsPanel sending={sending} />
          <ReturnedPanel sending={sending} />
          <DomainPanel />
        </Flex>
      ) : null}
    </PageLayout>
  );
}
