import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { CheckCircle } from '@strapi/icons';
import { NavLink } from 'react-router-dom';

import type { FirstStep, Home } from '../../shared/analytics';
import { crmPath, Panel, Progress } from '../ui';
import { useText } from './text';

/** Where each step is done; null: on the site, by a visitor. */
const PLACES: Readonly<Record<FirstStep, string | null>> = {
  customers: 'customers',
  member: null,
  'line-friend': 'settings',
  segment: 'segments',
  campaign: 'campaigns',
};

const SIZE = '1.6rem';

function Mark({ done }: { readonly done: boolean }) {
  const text = useText();
  const name = text(done ? 'analytics.steps.done' : 'analytics.steps.open');
  return (
    <Box paddingTop="2px" role="img" aria-label={name}>
      {done ? (
        <CheckCircle fill="success600" width={SIZE} height={SIZE} aria-hidden />
      ) : (
        <Box
          width={SIZE}
          height={SIZE}
          borderRadius="50%"
          borderColor="neutral400"
          borderStyle="dashed"
          borderWidth="1px"
        />
      )}
    </Box>
  );
}

function Step({ step, done }: { readonly step: FirstStep; readonly done: boolean }) {
  const text = useText();
  const place = PLACES[step];
  return (
    <Flex tag="li" gap={3} alignItems="flex-start">
      <Mark done={done} />
      <Box flex="1">
        <Typography
          fontWeight={done ? 'regular' : 'semiBold'}
          textColor={done ? 'neutral600' : 'neutral800'}
        >
          {text(`analytics.steps.${step}`)}
        </Typography>
        {done ? null : (
          <Typography variant="pi" tag="p" textColor="neutral600">
            {text(`analytics.steps.${step}.how`)}
          </Typography>
        )}
      </Box>
      {done || place === null ? null : (
        <Link tag={NavLink} to={crmPath(place)}>
          {text('analytics.steps.go')}
        </Link>
      )}
    </Flex>
  );
}

/** The way from nothing to the first campaign; gone once it is walked. */
export function FirstSteps({ steps }: { readonly steps: Home['steps'] }) {
  const text = useText();
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  return (
    <Panel title={text('analytics.steps.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Progress
          done={done}
          total={steps.length}
          label={text('analytics.steps.progress', { done, total: steps.length })}
        />
        <Flex tag="ol" direction="column" alignItems="stretch" gap={3}>
          {steps.map((step) => (
            <Step key={step.key} step={step.key} done={step.done} />
          ))}
        </Flex>
      </Flex>
    </Panel>
  );
}
