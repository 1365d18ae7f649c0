import { Flex, ProgressBar, Typography } from '@strapi/design-system';

import { useFormat } from './use-format';

interface ProgressProps {
  readonly done: number;
  readonly total: number;
  /** What is being done, said with the numbers: "1,204 of 2,314 sent". */
  readonly label: string;
}

/** Long work that may be left and come back to. */
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
      <ProgressBar value={share * 100} aria-label={label} style={{ width: '100%' }} />
    </Flex>
  );
}
