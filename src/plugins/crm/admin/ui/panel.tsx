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
      <Flex justifyContent="space-between" gap={3} paddingBottom={4} wrap="wrap">
        <Typography variant="delta" tag="h2">
          {title}
        </Typography>
        {action}
      </Flex>
      {children}
    </Box>
  );
}
