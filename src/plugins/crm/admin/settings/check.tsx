import type { ReactNode } from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';

/** One line that says whether something works, and what to do when it does not. */
export function Check({ ok, children }: { readonly ok: boolean; readonly children: ReactNode }) {
  const Icon = ok ? CheckCircle : WarningCircle;
  const color = ok ? 'success600' : 'danger600';
  return (
    <Flex gap={2} alignItems="flex-start">
      <Box paddingTop="2px">
        <Icon fill={color} width="1.6rem" height="1.6rem" aria-hidden />
      </Box>
      <Typography textColor={ok ? 'neutral800' : 'danger700'}>{children}</Typography>
    </Flex>
  );
}

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
}

const LABEL_WIDTH = '16rem';

/** Label and value; below each other on a phone. */
export function Fact({ label, children }: FactProps) {
  return (
    <Flex gap={1} wrap="wrap" alignItems="baseline">
      <Box width={LABEL_WIDTH}>
        <Typography variant="pi" textColor="neutral600">
          {label}
        </Typography>
      </Box>
      <Box flex="1" minWidth="18rem">
        {typeof children === 'string' ? (
          <Typography style={{ overflowWrap: 'anywhere' }}>{children}</Typography>
        ) : (
          children
        )}
      </Box>
    </Flex>
  );
}
