import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

/** One of a list, with a line above. */
export const Ruled = styled(Box)`
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  overflow-wrap: anywhere;
`;

interface RowProps {
  readonly label: string;
  readonly value: string;
  readonly isStrong?: boolean;
}

/** What it is on the left, yen on the right. */
export function Row({ label, value, isStrong = false }: RowProps) {
  return (
    <Flex justifyContent="space-between" alignItems="flex-start" gap={2}>
      <Typography variant="pi" textColor={isStrong ? 'neutral800' : 'neutral600'}>
        {label}
      </Typography>
      <Typography
        variant="pi"
        fontWeight={isStrong ? 'semiBold' : 'regular'}
        style={{ flex: '0 0 auto', fontVariantNumeric: 'tabular-nums' }}
      >
        {value}
      </Typography>
    </Flex>
  );
}
