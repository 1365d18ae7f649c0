import { useEffect, useRef, useState } from 'react';

import { Box, Button, Flex, Tabs, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { ChannelPreview } from '../../../shared/delivery';

import { useText } from '../text';

/** CSS pixels that a mail has on each device; mail programs give it little more on a desk. */
const WIDTHS = { phone: 375, desktop: 720 } as const;
const HEIGHT = 640;

const Window = styled.div`
  overflow: hidden;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: #fff;
`;

const Frame = styled.iframe`
  border: 0;
  transform-origin: top left;
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

interface DeviceProps {
  readonly title: string;
  readonly html: string;
  readonly width: number;
}

/** A page of the device's true width, drawn smaller where the column has less room. */
function Device({ title, html, width }: DeviceProps) {
  const column = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(width);
  useEffect(() => {
    const watched = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? width));
    if (column.current) watched.observe(column.current);
    return () => watched.disconnect();
  }, [width]);
  const scale = Math.min(1, Math.max(room, 1) / width);
  return (
    <Flex ref={column} justifyContent="center" width="100%">
      <Window style={{ width: width * scale, height: HEIGHT }}>
        <Frame
          title={title}
          sandbox=""
          srcDoc={html}
          style={{ width, height: HEIGHT / scale, transform: `scale(${scale})` }}
        />
      </Window>
    </Flex>
  );
}

/** The mail as it will be delivered, in a sandbox: no script, no cookie, no link followed. */
export function MailPreview({ content }: { readonly content: Content }) {
  const text = useText();
  const [device, setDevice] = useState<keyof typeof WIDTHS>('phone');
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
            <Tabs.Trigger value="text">
              <span style={{ whiteSpace: 'nowrap' }}>{text('delivery.preview.text-part')}</span>
            </Tabs.Trigger>
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
            <Device
              title={text('delivery.preview.mail')}
              html={content.html}
              width={WIDTHS[device]}
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
