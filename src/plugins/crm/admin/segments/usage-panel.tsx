import { Box, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';

import type { SegmentUsage } from '../../shared/segments';
import { Panel } from '../ui';
import { useText } from './text';

/** The pages and campaigns that refer to the segment: why it cannot be deleted. */
export function UsagePanel({ usages }: { readonly usages: readonly SegmentUsage[] }) {
  const text = useText();
  return (
    <Panel title={text('segments.usage.title')}>
      {usages.length === 0 ? (
        <Typography textColor="neutral600">{text('segments.usage.none')}</Typography>
      ) : (
        usages.map((usage) => (
          <Box key={`${usage.kind} ${usage.title}`} paddingBottom={2}>
            {usage.path ? (
              <Link tag={NavLink} to={`/${usage.path}`}>
                {usage.title}
              </Link>
            ) : (
              <Typography>{usage.title}</Typography>
            )}
          </Box>
        ))
      )}
    </Panel>
  );
}
