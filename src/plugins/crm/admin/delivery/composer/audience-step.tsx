import {
  Box,
  Checkbox,
  Field,
  Flex,
  Grid,
  IconButton,
  NumberInput,
  Radio,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { ArrowUp } from '@strapi/icons';
import { z } from 'zod';

import { channelRules, type AudienceReach, type ShortageRule } from '../../../shared/delivery';
import { EmptyState, ErrorState, Panel, Skeleton, useCrmQuery, useFormat } from '../../ui';

import { Channel } from '../channel-list';
import { useText } from '../text';

import type { StepProps } from './draft';
import { LineFields } from './line-fields';
import { Quotas } from './quota-view';
import { channelsSchema, SenderField } from './sender-field';
import { TopicField } from './topic-field';
import { useReach } from './use-reach';

const segmentsSchema = z.object({
  data: z.array(
    z.object({ documentId: z.string(), name: z.string(), memberCount: z.number().nullish() }),
  ),
});

function SegmentField({ draft, change }: StepProps) {
  const text = useText();
  const format = useFormat();
  const segments = useCrmQuery(segmentsSchema, '/crm/segments');
  if (segments.isLoading) return <Skeleton lines={1} height="4rem" />;
  if (segments.error) return <ErrorState error={segments.error} onRetry={segments.refetch} />;
  const rows = segments.data?.data ?? [];
  if (rows.length === 0) return <EmptyState>{text('delivery.audience.no-segments')}</EmptyState>;
  return (
    <Field.Root name="segment" required>
      <Field.Label>{text('delivery.audience.segment')}</Field.Label>
      <SingleSelect
        value={draft.segment ?? ''}
        placeholder={text('delivery.audience.segment-placeholder')}
        onChange={(segment) => change({ segment: String(segment) })}
      >
        {rows.map((segment) => (
          <SingleSelectOption key={segment.documentId} value={segment.documentId}>
            {text('delivery.audience.segment-option', {
              name: segment.name,
              count: format.number(segment.memberCount ?? 0),
            })}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

function ChannelsField({ draft, change }: StepProps) {
  const text = useText();
  const channels = useCrmQuery(channelsSchema, '/crm/campaigns/channels');
  const known = (channels.data?.data ?? []).map(({ key }) => key);
  const order = [...draft.channels, ...known.filter((key) => !draft.channels.includes(key))];
  const toggle = (key: string) =>
    change({
      channels: draft.channels.includes(key)
        ? draft.channels.filter((one) => one !== key)
        : [...draft.channels, key],
    });
  const moveUp = (key: string) =>
    change({ channels: [key, ...draft.channels.filter((one) => one !== key)] });
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex direction="column" alignItems="stretch" gap={2} tag="ul">
        {order.map((key) => {
          const place = draft.channels.indexOf(key);
          const only = draft.channels.length === 1 && place === 0;
          return (
            <Flex key={key} tag="li" gap={3} justifyContent="space-between">
              <Checkbox
                checked={place >= 0}
                disabled={only || !known.includes(key)}
                onCheckedChange={() => toggle(key)}
              >
                <Channel channel={key} />
              </Checkbox>
              {place > 0 && draft.channelRule !== 'all' ? (
                <IconButton label={text('delivery.audience.prefer')} onClick={() => moveUp(key)}>
                  <ArrowUp />
                </IconButton>
              ) : null}
            </Flex>
          );
        })}
      </Flex>
      <Radio.Group
        aria-label={text('delivery.audience.rule')}
        value={draft.channelRule}
        onValueChange={(value: string) =>
          change({ channelRule: channelRules.find((rule) => rule === value) ?? 'prefer' })
        }
      >
        {channelRules.map((rule) => (
          <Radio.Item key={rule} value={rule}>
            {text(`delivery.audience.rule-${rule}`)}
          </Radio.Item>
        ))}
      </Radio.Group>
    </Flex>
  );
}

function HoldoutField({ draft, change, fieldErrors }: StepProps) {
  const text = useText();
  return (
    <Field.Root
      name="holdoutPercent"
      hint={text('delivery.holdout.hint')}
      error={fieldErrors.holdoutPercent}
    >
      <Field.Label>{text('delivery.holdout.label')}</Field.Label>
      <NumberInput
        value={draft.holdoutPercent}
        onValueChange={(value: number | undefined) => change({ holdoutPercent: value ?? 0 })}
      />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

function Line({ children, people }: { children: React.ReactNode; people: string }) {
  return (
    <Flex justifyContent="space-between" gap={3}>
      <Box minWidth={0}>{children}</Box>
      <Typography fontWeight="semiBold">{people}</Typography>
    </Flex>
  );
}

/** Reached, but not now: the house's own rules. */
function HeldBack({ reach }: { readonly reach: AudienceReach }) {
  const text = useText();
  const format = useFormat();
  if (reach.capped === 0 && reach.quietUntil === null) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {reach.capped > 0 ? (
        <Line people={text('delivery.people', { count: format.number(reach.capped) })}>
          <Typography textColor="neutral700">{text('delivery.reach.capped')}</Typography>
        </Line>
      ) : null}
      {reach.quietUntil === null ? null : (
        <Typography textColor="neutral700">
          {text('delivery.reach.quiet', { at: format.dateTime(reach.quietUntil) })}
        </Typography>
      )}
    </Flex>
  );
}

/** The number that matters, then by channel, then who falls out and why. */
export function ReachView({ reach, rule }: { reach: AudienceReach; rule: ShortageRule }) {
  const text = useText();
  const format = useFormat();
  const people = (count: number) => text('delivery.people', { count: format.number(count) });
  return (
    <Flex direction="column" alignItems="stretch" gap={4} aria-live="polite">
      <Box>
        <Typography variant="alpha" tag="p">
          {people(reach.reached)}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {text(reach.isEstimate ? 'delivery.reach.of-about' : 'delivery.reach.of', {
            total: format.number(reach.total),
          })}
        </Typography>
      </Box>
      <Flex direction="column" alignItems="stretch" gap={2}>
        {reach.channels.map(({ channel, people: count, cost }) => (
          <Line key={channel} people={people(count)}>
            <Channel channel={channel} />
            {cost === null ? null : (
              <Typography variant="pi" textColor="neutral600">
                {text('delivery.reach.cost', { cost: format.yen(cost) })}
              </Typography>
            )}
          </Line>
        ))}
      </Flex>
      <HeldBack reach={reach} />
      <Quotas quotas={reach.quotas} rule={rule} />
      {reach.blocked.length > 0 ? (
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Typography variant="sigma" textColor="neutral600">
            {text('delivery.reach.blocked')}
          </Typography>
          {reach.blocked.map(({ reason, people: count }) => (
            <Line key={reason} people={people(count)}>
              <Typography textColor="neutral700">{text(`delivery.reason.${reason}`)}</Typography>
            </Line>
          ))}
        </Flex>
      ) : null}
    </Flex>
  );
}

/** Who gets it, by which channel. */
export function AudienceStep(props: StepProps) {
  const text = useText();
  const { reach, error, isLoading } = useReach(props.draft);
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={7} xs={12} direction="column" alignItems="stretch" gap={4}>
        <Panel title={text('delivery.audience.who')}>
          <Flex direction="column" alignItems="stretch" gap={4}>
            {props.draft.resendOf === null ? (
              <SegmentField {...props} />
            ) : (
              <Typography>{text('delivery.resend.who')}</Typography>
            )}
            <TopicField {...props} />
            {props.draft.resendOf === null ? <HoldoutField {...props} /> : null}
          </Flex>
        </Panel>
        <Panel title={text('delivery.audience.channels')}>
          <Flex direction="column" alignItems="stretch" gap={5}>
            <ChannelsField {...props} />
            <SenderField {...props} />
          </Flex>
        </Panel>
        {props.draft.channels.includes('line') ? <LineFields {...props} /> : null}
      </Grid.Item>
      <Grid.Item col={5} xs={12} direction="column" alignItems="stretch">
        <Panel title={text('delivery.reach.title')}>
          {error ? <ErrorState error={error} /> : null}
          {!props.draft.segment && props.draft.resendOf === null ? (
            <Typography textColor="neutral600">{text('delivery.reach.wait')}</Typography>
          ) : isLoading && !reach ? (
            <Skeleton lines={4} />
          ) : reach ? (
            <Box style={{ opacity: isLoading ? 0.5 : 1 }}>
              <ReachView reach={reach} rule={props.draft.shortageRule} />
            </Box>
          ) : null}
        </Panel>
      </Grid.Item>
    </Grid.Root>
  );
}
