import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { ChannelPreview } from '../../../shared/delivery';
import { smsLength } from '../../../shared/sms-length';
import { useFormat } from '../../ui';

import { useText } from '../text';

const Bubble = styled.p`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  line-height: 1.7;
  font-size: 1.4rem;
`;

/** The words as a phone shows them, and what they are counted and paid as. */
export function SmsPreview({ content }: { content: NonNullable<ChannelPreview['content']> }) {
  const text = useText();
  const format = useFormat();
  const { length, parts } = smsLength(content.text);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Box padding={4} background="neutral100" hasRadius>
        <Bubble>{content.text}</Bubble>
      </Box>
      <Typography variant="pi" textColor="neutral600">
        {text('delivery.preview.sms', {
          length: format.number(length),
          parts: format.number(parts),
        })}
      </Typography>
    </Flex>
  );
}
