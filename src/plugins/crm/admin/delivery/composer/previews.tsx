import { Box, Flex, Grid, Typography } from '@strapi/design-system';

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

/** The message on every channel, side by side. */
export function Previews({ previews }: { readonly previews: readonly ChannelPreview[] }) {
  const width = Math.max(4, Math.floor(12 / Math.max(1, previews.length)));
  return (
    <Grid.Root gap={4}>
      {previews.map((preview) => (
        <Grid.Item
          key={preview.channel}
          col={width}
          s={12}
          xs={12}
          direction="column"
          alignItems="stretch"
          gap={3}
        >
          <Flex>
            <Channel channel={preview.channel} />
          </Flex>
          <PreviewOn preview={preview} />
        </Grid.Item>
      ))}
    </Grid.Root>
  );
}
