import { Flex, Typography } from '@strapi/design-system';

import { ChannelBadge, type ChannelKey } from '../ui';

const known = new Set<string>(['email', 'line', 'sms', 'postal']);
const isKnown = (channel: string): channel is ChannelKey => known.has(channel);

/** One channel, with its own icon where it has one. */
export function Channel({ channel }: { readonly channel: string }) {
  return isKnown(channel) ? (
    <ChannelBadge channel={channel} />
  ) : (
    <Typography variant="pi">{channel}</Typography>
  );
}

export function ChannelList({ channels }: { readonly channels: readonly string[] }) {
  return (
    <Flex gap={1} wrap="wrap">
      {channels.map((channel) => (
        <Channel key={channel} channel={channel} />
      ))}
    </Flex>
  );
}
