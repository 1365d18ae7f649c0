import { useEffect, useState, type ReactNode } from 'react';

import { Flex, Grid, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import { z } from 'zod';

import {
  campaignPreviewSchema,
  type AudienceReach,
  type Campaign,
  type CampaignPreview,
  type LintIssue,
  type ShortageRule,
} from '../../../shared/delivery';
import {
  ErrorState,
  Panel,
  PersonPicker,
  Skeleton,
  type CrmError,
  useAnyText,
  useCrmClient,
} from '../../ui';

import { useText } from '../text';

import { ReachView } from './audience-step';
import type { Draft } from './draft';
import { Previews } from './previews';
import { isShort } from './quota-view';
import { SendPanel } from './send-panel';
import { TestSend } from './test-send';
import { useReach } from './use-reach';

const answerSchema = z.object({ data: campaignPreviewSchema });

function usePreview(documentId: string, draft: Draft, customerId: number | undefined) {
  const client = useCrmClient();
  const [answer, setAnswer] = useState<{ preview?: CampaignPreview; error?: CrmError }>({});
  const key = JSON.stringify({ campaign: draft, documentId, customerId });
  useEffect(() => {
    const controller = new AbortController();
    const body: object = JSON.parse(key);
    client
      .send({ method: 'POST', path: '/crm/campaigns/preview', body }, controller.signal)
      .then((data) => setAnswer({ preview: answerSchema.parse(data).data }))
      .catch((thrown: unknown) => {
        const error = client.errorOf(thrown);
        if (error) setAnswer({ error });
      });
    return () => controller.abort();
  }, [client, key]);
  return answer;
}

function Issues({ issues }: { readonly issues: readonly LintIssue[] }) {
  const text = useText();
  const anyText = useAnyText();
  if (issues.length === 0) {
    return (
      <Flex gap={2}>
        <CheckCircle fill="success600" aria-hidden />
        <Typography>{text('delivery.lint.none')}</Typography>
      </Flex>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={2} tag="ul">
      {issues.map((issue, index) => (
        <Flex key={index} gap={2} tag="li" alignItems="flex-start">
          <WarningCircle
            fill={issue.severity === 'error' ? 'danger600' : 'warning600'}
            aria-label={text(`delivery.lint.${issue.severity}`)}
            style={{ flex: 'none' }}
          />
          {/* An address has no place of its own to break at. */}
          <Typography
            textColor={issue.severity === 'error' ? 'danger700' : 'neutral800'}
            style={{ minWidth: 0, overflowWrap: 'anywhere' }}
          >
            {issue.key ? anyText(issue.key, issue.params) : issue.message}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
}

interface AwaitedProps<T> {
  readonly value: T | undefined;
  readonly error: CrmError | undefined;
  readonly lines: number;
  readonly show: (value: T) => ReactNode;
}

/** An answer that is there, refused, or still to come. */
function Awaited<T>({ value, error, lines, show }: AwaitedProps<T>) {
  if (error) return <ErrorState error={error} />;
  return value === undefined ? <Skeleton lines={lines} height="2.4rem" /> : show(value);
}

/** Nothing forbids it, and somebody would get it. */
const isReady = (
  preview: CampaignPreview | undefined,
  reach: AudienceReach | undefined,
  rule: ShortageRule,
): boolean =>
  preview !== undefined &&
  reach !== undefined &&
  reach.reached > 0 &&
  !(rule === 'refuse' && reach.quotas.some(isShort)) &&
  preview.issues.every(({ severity }) => severity !== 'error');

interface ReviewStepProps {
  readonly campaign: Campaign;
  readonly draft: Draft;
}

/** What they will get, who, and when. */
export function ReviewStep({ campaign, draft }: ReviewStepProps) {
  const text = useText();
  const [person, setPerson] = useState<number>();
  const { preview, error } = usePreview(campaign.documentId, draft, person);
  const { reach, error: reachError } = useReach(draft);
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={8} xs={12} s={12} direction="column" alignItems="stretch" gap={4}>
        <Panel title={text('delivery.preview.title')}>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <PersonPicker
              label={text('delivery.preview.person')}
              hint={text('delivery.preview.person-hint')}
              placeholder={text('delivery.preview.person-placeholder')}
              segment={draft.segment}
              value={person}
              onChange={setPerson}
            />
            <Awaited
              value={preview}
              error={error}
              lines={8}
              show={({ channels }) => <Previews previews={channels} />}
            />
          </Flex>
        </Panel>
      </Grid.Item>
      <Grid.Item col={4} xs={12} s={12} direction="column" alignItems="stretch" gap={4}>
        <SendPanel
          campaign={campaign}
          reached={reach?.reached}
          isReady={isReady(preview, reach, draft.shortageRule)}
        />
        <Panel title={text('delivery.lint.title')}>
          <Awaited
            value={preview}
            error={undefined}
            lines={2}
            show={({ issues }) => <Issues issues={issues} />}
          />
        </Panel>
        <Panel title={text('delivery.reach.title')}>
          {draft.segment || draft.resendOf !== null ? (
            <Awaited
              value={reach}
              error={reachError}
              lines={3}
              show={(known) => <ReachView reach={known} rule={draft.shortageRule} />}
            />
          ) : (
            <Typography textColor="neutral600">{text('delivery.reach.wait')}</Typography>
          )}
        </Panel>
        <TestSend documentId={campaign.documentId} draft={draft} customerId={person} />
      </Grid.Item>
    </Grid.Root>
  );
}
