import { Box, Flex, Typography } from '@strapi/design-system';

import type { QuotaView, ShortageRule } from '../../../shared/delivery';
import { useFormat } from '../../ui';

import { Channel } from '../channel-list';
import { useText } from '../text';

export const isShort = ({ state, needed }: QuotaView): boolean =>
  state !== null && state.left !== null && state.left < needed;

/** "1,240 of 5,000 left", and what it means for this campaign. */
function Quota({ quota, rule }: { readonly quota: QuotaView; readonly rule: ShortageRule }) {
  const text = useText();
  const format = useFormat();
  const { state, needed, cost } = quota;
  const short = isShort(quota);
  const left = () => {
    if (!state) return text('delivery.quota.unknown');
    if (state.limit === null || state.left === null) return text('delivery.quota.unlimited');
    return text('delivery.quota.left', {
      left: format.number(state.left),
      limit: format.number(state.limit),
    });
  };
  return (
    <Box padding={3} background={short ? 'danger100' : 'neutral100'} hasRadius tag="li">
      <Flex direction="column" alignItems="stretch" gap={1}>
        <Flex gap={2} wrap="wrap">
          <Channel channel={quota.channel} />
          <Typography variant="pi">{quota.sender}</Typography>
        </Flex>
        <Typography fontWeight="semiBold">{left()}</Typography>
        <Typography variant="pi" textColor="neutral700">
          {text('delivery.quota.needed', { needed: format.number(needed) })}
          {cost === null ? '' : text('delivery.quota.cost', { cost: format.yen(cost) })}
        </Typography>
        {state && state.reserved > 0 ? (
          <Typography variant="pi" textColor="neutral700">
            {text('delivery.quota.reserved', { reserved: format.number(state.reserved) })}
          </Typography>
        ) : null}
        {short ? (
          <Typography variant="pi" textColor="danger700">
            {text(rule === 'refuse' ? 'delivery.quota.refused' : 'delivery.quota.trimmed', {
              over: format.number(needed - (state?.left ?? 0)),
            })}
          </Typography>
        ) : null}
      </Flex>
    </Box>
  );
}

interface QuotasProps {
  readonly quotas: readonly QuotaView[];
  readonly rule: ShortageRule;
}

export function Quotas({ quotas, rule }: QuotasProps) {
  const text = useText();
  if (quotas.length === 0) return null;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography variant="sigma" textColor="neutral600">
        {text('delivery.quota.title')}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={2} tag="ul">
        {quotas.map((quota) => (
          <Quota key={`${quota.channel}:${quota.sender}`} quota={quota} rule={rule} />
        ))}
      </Flex>
    </Flex>
  );
}
