import { Box, Flex, Typography } from '@strapi/design-system';

import { useFormat } from './use-format';

interface ProgressProps {
  readonly done: number;
  readonly total: number;
  /** What is being done, said with the numbers: "1,204 of 2,314 sent". */
  readonly label: string;
}

/**
 * Long work that may be left and come back to. Not the design system's bar, whose empty track is
 * so dark that nothing looks like everything.
 */
export function Progress({ done, total, label }: ProgressProps) {
  const format = useFormat();
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Flex justifyContent="space-between" gap={2}>
        <Typography variant="pi" textColor="neutral700">
          {label}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {format.percent(share)}
        </Typography>
      </Flex>
      <Box
        background="neutral200"
        hasRadius
        height="0.8rem"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <Box background="primary600" hasRadius height="100%" width={`${share * 100}%`} />
      </Box>
    </Flex>
  );
}
