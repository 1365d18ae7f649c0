import type { ReactNode } from 'react';

import { Box, Button, EmptyStateLayout, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise, WarningCircle } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { keyframes, styled } from 'styled-components';

import type { CrmError } from './api/errors';
import { useUiText } from './text';

const pulse = keyframes`
  50% { opacity: 0.45; }
`;

const Bone = styled(Box)`
  animation: ${pulse} 1.4s ease-in-out infinite;
  @media (prefers-reduced-motion: reduce) {
    animation: none;
  }
`;

interface SkeletonProps {
  /** How many lines the content will have, about. */
  readonly lines?: number;
  readonly height?: string;
}

/** Loading: the shape of what will come, not a spinner over the page. */
export function Skeleton({ lines = 3, height = '1.6rem' }: SkeletonProps) {
  const text = useUiText();
  return (
    <Flex
      direction="column"
      alignItems="stretch"
      gap={3}
      role="status"
      aria-busy
      aria-label={text('ui.loading')}
    >
      {Array.from({ length: lines }, (_, line) => (
        <Bone
          key={line}
          background="neutral150"
          hasRadius
          height={height}
          width={line === lines - 1 && lines > 1 ? '60%' : '100%'}
        />
      ))}
    </Flex>
  );
}

/** The kit's wide margins leave a phone six characters a line. */
const Frame = styled(Box)`
  @media (max-width: 767px) {
    & > * {
      padding: ${({ theme }) => `${theme.spaces[8]} ${theme.spaces[4]}`};
    }
  }
`;

interface EmptyStateProps {
  /** What this is for, in a sentence. */
  readonly children: string;
  /** The one thing to do first. */
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** Empty: what this is for and the one thing to do first. */
export function EmptyState({ children, action, icon }: EmptyStateProps) {
  return (
    <Frame>
      <EmptyStateLayout
        content={children}
        action={action}
        icon={icon ?? <EmptyDocuments width="14rem" />}
        hasRadius
      />
    </Frame>
  );
}

interface ErrorStateProps {
  readonly error: CrmError;
  readonly onRetry?: () => void;
}

/** Error: what happened, and the way to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const text = useUiText();
  return (
    <Box background="danger100" padding={4} hasRadius role="alert">
      <Flex gap={3} alignItems="flex-start" wrap="wrap">
        <WarningCircle fill="danger600" aria-hidden />
        <Box flex="1" minWidth="16rem">
          <Typography textColor="danger700">{error.message}</Typography>
        </Box>
        {onRetry ? (
          <Button variant="danger-light" size="S" startIcon={<ArrowClockwise />} onClick={onRetry}>
            {text('ui.retry')}
          </Button>
        ) : null}
      </Flex>
    </Box>
  );
}
