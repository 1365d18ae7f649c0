import type { ElementType } from 'react';

import { Flex, Typography } from '@strapi/design-system';
import { Mail, Message, Phone, PinMap } from '@strapi/icons';

import { useUiText } from './text';

export type ChannelKey = 'email' | 'line' | 'sms' | 'postal';

interface Look {
  readonly icon: ElementType;
  readonly background: string;
  readonly color: string;
}

/** A channel has the same icon and colour wherever it stands. */
const LOOKS: Readonly<Record<ChannelKey, Look>> = {
  email: { icon: Mail, background: 'primary100', color: 'primary700' },
  line: { icon: Message, background: 'success100', color: 'success700' },
  sms: { icon: Phone, background: 'secondary100', color: 'secondary700' },
  postal: { icon: PinMap, background: 'warning100', color: 'warning700' },
};

interface ChannelBadgeProps {
  readonly channel: ChannelKey;
  /** `off`: known, but may not be used (no consent, blocked). */
  readonly state?: 'on' | 'off';
  /** Icon only, the name for screen readers. */
  readonly compact?: boolean;
}

export function ChannelBadge({ channel, state = 'on', compact = false }: ChannelBadgeProps) {
  const text = useUiText();
  const look = LOOKS[channel];
  const on = state === 'on';
  const name = text(`ui.channel.${channel}`);
  const label = on ? name : text('ui.channel.off', { channel: name });
  const color = on ? look.color : 'neutral600';
  const Icon = look.icon;
  return (
    <Flex
      inline
      gap={1}
      paddingLeft={2}
      paddingRight={2}
      paddingTop={1}
      paddingBottom={1}
      hasRadius
      background={on ? look.background : 'neutral150'}
      title={label}
      // In a column that stretches its children a badge stays a badge.
      style={{ width: 'fit-content' }}
      {...(compact ? { role: 'img', 'aria-label': label } : {})}
    >
      <Icon width="1.2rem" height="1.2rem" fill={color} aria-hidden />
      {compact ? null : (
        <Typography
          variant="pi"
          fontWeight="semiBold"
          textColor={color}
          textDecoration={on ? undefined : 'line-through'}
        >
          {name}
        </Typography>
      )}
    </Flex>
  );
}
