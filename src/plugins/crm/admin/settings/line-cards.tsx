import { Button, Flex, Typography } from '@strapi/design-system';

import { lineStatusAnswerSchema, type LineAccountStatus } from '../../shared/line';
import { ChannelBadge, ErrorState, Panel, Progress, Skeleton, useCrmQuery, useFormat } from '../ui';
import { Check, Fact } from './check';
import { FollowerImport } from './line-import';
import { useText } from './text';

function Quota({ quota }: Pick<LineAccountStatus, 'quota'>) {
  const text = useText();
  const format = useFormat();
  if (!quota) return null;
  const used = format.number(quota.used);
  if (quota.limit === null) {
    return (
      <Fact label={text('settings.line.quota')}>{text('settings.line.unlimited', { used })}</Fact>
    );
  }
  const left = format.number(Math.max(0, quota.limit - quota.used));
  return (
    <Fact label={text('settings.line.quota')}>
      <Progress
        done={quota.used}
        total={quota.limit}
        label={text('settings.line.used', { used, limit: format.number(quota.limit), left })}
      />
    </Fact>
  );
}

function Webhook({ account }: { readonly account: LineAccountStatus }) {
  const text = useText();
  const format = useFormat();
  const { lastWebhookAt: last, deadEvents } = account;
  return (
    <>
      <Check ok={last !== null}>
        {last === null
          ? text('settings.line.no-webhook')
          : text('settings.line.webhook', { at: format.dateTime(last) })}
      </Check>
      {deadEvents > 0 ? (
        <Check ok={false}>{text('settings.line.dead', { count: format.number(deadEvents) })}</Check>
      ) : null}
    </>
  );
}

interface CardProps {
  readonly account: LineAccountStatus;
  readonly onCheckAgain: () => void;
}

function Card({ account, onCheckAgain }: CardProps) {
  const text = useText();
  const { bot, problem } = account;
  return (
    <Panel
      title={text('settings.line.title', { name: account.name })}
      action={
        <Button variant="tertiary" onClick={onCheckAgain}>
          {text('settings.check-again')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <ChannelBadge channel="line" state={bot ? 'on' : 'off'} />
        <Check ok={bot !== null}>
          {bot
            ? text('settings.line.connected', { name: bot.displayName, id: bot.basicId })
            : text('settings.line.problem', { problem: problem ?? '' })}
        </Check>
        <Webhook account={account} />
        <Quota quota={account.quota} />
        <Fact label={text('settings.line.webhook-url')}>{account.webhookUrl}</Fact>
        <FollowerImport account={account.key} />
      </Flex>
    </Panel>
  );
}

/** Official accounts, asked of LINE now. */
export function LineCards() {
  const text = useText();
  const { data, error, isLoading, refetch } = useCrmQuery(
    lineStatusAnswerSchema,
    '/crm/line/accounts',
  );
  if (isLoading) return <Skeleton lines={1} height="16rem" />;
  if (error) return <ErrorState error={error} onRetry={refetch} />;
  const accounts = data?.data ?? [];
  if (accounts.length === 0) {
    return (
      <Panel title="LINE">
        <Typography textColor="neutral600">{text('settings.line.none')}</Typography>
      </Panel>
    );
  }
  return (
    <>
      {accounts.map((account) => (
        <Card key={account.key} account={account} onCheckAgain={refetch} />
      ))}
    </>
  );
}
