import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { ChannelPreview } from '../../../shared/delivery';

import { Channel } from '../channel-list';
import { useText } from '../text';

import { LinePreview } from './line-preview';
import { MailPreview } from './mail-preview';
import { SmsPreview } from './sms-preview';

function PreviewOn({ preview }: { readonly preview: ChannelPreview }) {
  const text = useText();
  if (!preview.content) {
    return (
      <Box padding={4} background="neutral100" hasRadius>
        <Typography textColor="neutral700">
          {text(`delivery.reason.${preview.reason ?? 'nothing-to-show'}`)}
        </Typography>
      </Box>
    );
  }
  if (preview.rendering === 'line') return <LinePreview messages={preview.content.lineMessages} />;
  if (preview.rendering === 'sms') return <SmsPreview content={preview.content} />;
  return <MailPreview content={preview.content} />;
}

/** None so narrow that its words break otherwise than on a phone. */
const SideBySide = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
  gap: 1.6rem;
  align-items: start;
  word-break: normal;
`;

/** The message on every channel, side by side. */
export function Previews({ previews }: { readonly previews: readonly ChannelPreview[] }) {
  return (
    <SideBySide>
      {previews.map((preview) => (
        <Flex key={preview.channel} direction="column" alignItems="stretch" gap={3} minWidth="0">
          <Flex>
            <Channel channel={preview.channel} />
          </Flex>
          <PreviewOn preview={preview} />
        </Flex>
      ))}
    </SideBySide>
  );
}
