import type { ReactNode } from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';

interface PanelProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A titled white card, the building block of records and settings. */
export function Panel({ title, action, children }: PanelProps) {
  return (
    <Box
      tag="section"
      aria-label={title}
      background="neutral0"
      padding={5}
      hasRadius
      shadow="tableShadow"
    >
      {/* As high as with a button, so that titles side by side stand on one line. */}
      <Flex justifyContent="space-between" gap={3} paddingBottom={4} minHeight="4.8rem" wrap="wrap">
        <Typography variant="delta" tag="h2">
          {title}
        </Typography>
        {action}
      </Flex>
      {children}
    </Box>
  );
}
