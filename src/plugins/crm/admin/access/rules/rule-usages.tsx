import { Badge, Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';

import type { AccessRuleDetail } from '../../../shared/access-rules';
import { crmPath, Panel, useNames } from '../../ui';
import { useText } from '../text';

/** What a change of the rule changes, before it is saved. */
export function RuleUsages({ rule }: { readonly rule: AccessRuleDetail }) {
  const text = useText();
  const names = useNames();
  const none = rule.usages.length === 0 && rule.rules.length === 0;
  return (
    <Panel title={text('access.rules.where')}>
      {none ? (
        <Typography textColor="neutral600">{text('access.rules.nowhere')}</Typography>
      ) : (
        <Box tag="ul">
          {rule.usages.map((usage) => (
            <Box tag="li" key={`${usage.uid} ${usage.documentId}`} paddingBottom={3}>
              <Link tag={NavLink} to={`/${usage.path}`}>
                {usage.title}
              </Link>
              <Flex gap={2} paddingTop={1} wrap="wrap">
                <Typography variant="pi" textColor="neutral600">
                  {[names.type(usage.type), ...usage.locales.map(names.language)].join(' · ')}
                </Typography>
                {usage.published ? null : <Badge>{text('access.rules.draft')}</Badge>}
              </Flex>
            </Box>
          ))}
          {rule.rules.map((other) => (
            <Box tag="li" key={other.documentId} paddingBottom={3}>
              <Link tag={NavLink} to={crmPath(`access-rules/${other.documentId}`)}>
                {other.name}
              </Link>
              <Typography variant="pi" tag="p" textColor="neutral600">
                {text('access.rules.other')}
              </Typography>
            </Box>
          ))}
        </Box>
      )}
    </Panel>
  );
}
