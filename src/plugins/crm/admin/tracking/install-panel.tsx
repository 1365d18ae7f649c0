import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { styled } from 'styled-components';

import { trackingOverviewAnswerSchema } from '../../shared/tracking';
import { Panel, Skeleton, useCrmQuery } from '../ui';
import { useText } from './text';

export const Code = styled.pre`
  white-space: pre-wrap;
  word-break: break-all;
  font-family: monospace;
  font-size: 1.3rem;
  margin: 0;
`;

export function CopyButton({ value }: { readonly value: string }) {
  const text = useText();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const run = async () => {
    await copy(value);
    toggleNotification({ type: 'success', message: text('tracking.copied') });
  };
  return (
    <Button variant="tertiary" startIcon={<Duplicate />} onClick={() => void run()}>
      {text('tracking.copy')}
    </Button>
  );
}

function Example({ title, code }: { readonly title: string; readonly code: string }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography fontWeight="semiBold">{title}</Typography>
        <CopyButton value={code} />
      </Flex>
      <Box background="neutral100" padding={3} hasRadius>
        <Code>{code}</Code>
      </Box>
    </Flex>
  );
}

/** What goes into the site's pages, and into a server. */
export function InstallPanel() {
  const text = useText();
  const { data } = useCrmQuery(trackingOverviewAnswerSchema, '/crm/tracking');
  const found = data?.data;
  return (
    <Panel title={text('tracking.install.title')}>
      {found ? (
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Typography textColor="neutral600">{text('tracking.install.lead')}</Typography>
          <Example
            title={text('tracking.install.page')}
            code={`<script src="${found.scriptUrl}" defer></script>`}
          />
          <Example
            title={text('tracking.install.server')}
            code={[
              "import { Analytics } from '@segment/analytics-node';",
              `const analytics = new Analytics({`,
              "  writeKey: '…',",
              `  host: '${new URL(found.apiUrl).origin}',`,
              `  path: '${new URL(found.apiUrl).pathname}',`,
              `});`,
            ].join('\n')}
          />
        </Flex>
      ) : (
        <Skeleton lines={3} />
      )}
    </Panel>
  );
}
