import { Box, Button, Flex, Status, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import { z } from 'zod';

import { senderDomainSchema, type SenderDomain } from '../../../shared/sender-domain';
import { ErrorState, Panel, Skeleton, useCrmQuery } from '../../ui';

import { useText } from '../text';

const answerSchema = z.object({ data: senderDomainSchema });

function Findings({ domain }: { readonly domain: SenderDomain }) {
  const text = useText();
  if (domain.findings.length === 0) {
    return (
      <Flex gap={2}>
        <CheckCircle fill="success600" aria-hidden />
        <Typography>{text('delivery.domain.fine')}</Typography>
      </Flex>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={2} tag="ul">
      {domain.findings.map(({ finding, serious }) => (
        <Flex key={finding} gap={2} tag="li" alignItems="flex-start">
          <WarningCircle
            style={{ flexShrink: 0 }}
            fill={serious ? 'danger600' : 'warning600'}
            aria-label={text(serious ? 'delivery.lint.error' : 'delivery.lint.warning')}
          />
          <Typography textColor={serious ? 'danger700' : 'neutral800'}>
            {text(`delivery.domain.${finding}`)}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
}

function Records({ domain }: { readonly domain: SenderDomain }) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={2} tag="dl">
      {(['spf', 'dkim', 'dmarc'] as const).map((kind) => (
        <Box key={kind}>
          <Typography tag="dt" variant="sigma" textColor="neutral600">
            {kind.toUpperCase()}
          </Typography>
          <Typography tag="dd" variant="pi" style={{ overflowWrap: 'anywhere' }}>
            {domain[kind] ?? text('delivery.domain.none')}
          </Typography>
        </Box>
      ))}
    </Flex>
  );
}

/** Red or green: what receivers find about the sender's domain. */
export function DomainPanel() {
  const text = useText();
  const { data, error, refetch } = useCrmQuery(answerSchema, '/crm/sender-domain');
  const domain = data?.data;
  const isRed = domain?.findings.some(({ serious }) => serious) ?? false;
  return (
    <Panel
      title={text('delivery.domain.title')}
      action={
        <Button size="S" variant="tertiary" onClick={refetch}>
          {text('delivery.domain.again')}
        </Button>
      }
    >
      {error ? <ErrorState error={error} onRetry={refetch} /> : null}
      {!domain && !error ? <Skeleton lines={4} /> : null}
      {domain ? (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Flex gap={3}>
            <Typography fontWeight="semiBold">{domain.domain}</Typography>
            <Status variant={isRed ? 'danger' : 'success'} size="S" width="auto">
              <Typography tag="span" variant="omega" fontWeight="bold">
                {text(isRed ? 'delivery.domain.red' : 'delivery.domain.green')}
              </Typography>
            </Status>
          </Flex>
          <Findings domain={domain} />
          <Records domain={domain} />
        </Flex>
      ) : null}
    </Panel>
  );
}
