import { Box, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';

import { crmPath } from '../ui';
import { useText } from './text';

/** Two things that are easily mixed up, told apart where either is set. */
export function TierOrPlan({ here }: { readonly here: 'tier' | 'plan' }) {
  const text = useText();
  const other = here === 'plan' ? 'tier' : 'plan';
  return (
    <Box background="primary100" padding={4} hasRadius>
      <Typography tag="p">{text('members.tier-or-plan.tier')}</Typography>
      <Typography tag="p" paddingTop={1}>
        {text('members.tier-or-plan.plan')}
      </Typography>
      <Box paddingTop={2}>
        <Link tag={NavLink} to={crmPath(`settings/${other}s`)}>
          {text(`members.tier-or-plan.to-${other}s`)}
        </Link>
      </Box>
    </Box>
  );
}
