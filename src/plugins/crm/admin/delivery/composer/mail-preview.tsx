import { useState } from 'react';

import { Box, Button, Flex, Tabs, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { ChannelPreview } from '../../../shared/delivery';

import { useText } from '../text';

const Frame = styled.iframe<{ $width: string }>`
  width: ${({ $width }) => $width};
  max-width: 100%;
  height: 64rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: #fff;
`;

const Text = styled.pre`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-family: ui-monospace, monospace;
  font-size: 1.3rem;
  line-height: 1.7;
  max-height: 64rem;
  overflow: auto;
  padding: 1.6rem;
`;

type Content = NonNullable<ChannelPreview['content']>;

/** The mail as it will be delivered, in a sandbox: no script, no cookie, no link followed. */
export function MailPreview({ content }: { readonly content: Content }) {
  const text = useText();
  const [device, setDevice] = useState<'phone' | 'desktop'>('phone');
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Box padding={3} background="neutral100" hasRadius>
        <Typography variant="pi" textColor="neutral600">
          {text('delivery.content.subject')}
        </Typography>
        <Typography fontWeight="semiBold" tag="p">
          {content.subject}
        </Typography>
      </Box>
      <Tabs.Root defaultValue="html">
        <Flex justifyContent="space-between" gap={2} wrap="wrap">
          <Tabs.List aria-label={text('delivery.preview.parts')}>
            <Tabs.Trigger value="html">HTML</Tabs.Trigger>
            <Tabs.Trigger value="text">{text('delivery.preview.text-part')}</Tabs.Trigger>
          </Tabs.List>
          <Flex gap={1}>
            {(['phone', 'desktop'] as const).map((kind) => (
              <Button
                key={kind}
                size="S"
                variant={device === kind ? 'secondary' : 'ghost'}
                aria-pressed={device === kind}
                onClick={() => setDevice(kind)}
              >
                {text(`delivery.preview.${kind}`)}
              </Button>
            ))}
          </Flex>
        </Flex>
        <Tabs.Content value="html">
          <Flex justifyContent="center" background="neutral100" padding={2} hasRadius>
            <Frame
              title={text('delivery.preview.mail')}
              sandbox=""
              srcDoc={content.html}
              $width={device === 'phone' ? '37.5rem' : '100%'}
            />
          </Flex>
        </Tabs.Content>
        <Tabs.Content value="text">
          <Box background="neutral100" hasRadius>
            <Text>{content.text}</Text>
          </Box>
        </Tabs.Content>
      </Tabs.Root>
    </Flex>
  );
}
