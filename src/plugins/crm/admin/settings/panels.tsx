import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';

import type { Settings } from '../../shared/settings';
import { ChannelBadge, crmPath, Panel, useAdminLocale, type ChannelKey } from '../ui';
import { Fact } from './check';
import { useText } from './text';

/** Who sends, as every advertising mail must show it. */
export function OrganisationPanel({ settings }: { readonly settings: Settings }) {
  const text = useText();
  const { organisation, organisationInEnglish: english } = settings;
  return (
    <Panel title={text('settings.organisation.title')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Fact label={text('settings.organisation.name')}>{organisation.name}</Fact>
        <Fact label={text('settings.organisation.address')}>{organisation.postalAddress}</Fact>
        <Fact label={text('settings.organisation.english')}>
          {english.name}
          <br />
          {english.postalAddress}
        </Fact>
        <Fact label={text('settings.organisation.contact')}>{organisation.contact}</Fact>
        <Fact label={text('settings.organisation.site')}>{settings.publicUrl}</Fact>
        <Fact label={text('settings.organisation.time-zone')}>{settings.timeZone}</Fact>
        <Typography variant="pi" textColor="neutral600">
          {text('settings.organisation.why')}
        </Typography>
      </Flex>
    </Panel>
  );
}

export function TiersPanel() {
  const text = useText();
  return (
    <Panel
      title={text('settings.tiers.title')}
      action={
        <Flex gap={4} wrap="wrap">
          <Link tag={NavLink} to={crmPath('settings/tiers')}>
            {text('settings.tiers.open')}
          </Link>
          <Link tag={NavLink} to={crmPath('settings/plans')}>
            {text('settings.plans.open')}
          </Link>
          <Link tag={NavLink} to={crmPath('settings/member-fields')}>
            {text('settings.member-fields.open')}
          </Link>
        </Flex>
      }
    >
      <Typography textColor="neutral600">{text('settings.tiers.lead')}</Typography>
    </Panel>
  );
}

/** What people are shown when they agree; each change is a version of its own. */
export function ConsentPanel({ wordings }: { readonly wordings: Settings['wordings'] }) {
  const text = useText();
  const locale = useAdminLocale();
  return (
    <Panel title={text('settings.consent.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {wordings.map((wording) => {
          const shown = wording[locale] ?? wording.ja;
          return (
            <Flex key={wording.channel} gap={3} alignItems="flex-start" wrap="wrap">
              <Box width="9rem">
                <ChannelBadge channel={wording.channel as ChannelKey} />
              </Box>
              <Box flex="1" minWidth="18rem">
                <Typography>{shown?.text ?? text('settings.consent.none')}</Typography>
                {shown ? (
                  <Typography variant="pi" tag="p" textColor="neutral600">
                    {text('settings.consent.version', { version: shown.version })}
                  </Typography>
                ) : null}
              </Box>
            </Flex>
          );
        })}
      </Flex>
    </Panel>
  );
}

const Code = styled.pre`
  white-space: pre-wrap;
  word-break: break-all;
  font-family: monospace;
  font-size: 1.3rem;
  margin: 0;
`;

/** The one line that a site of one's own needs. */
export function TrackingPanel({ tracking }: { readonly tracking: Settings['tracking'] }) {
  const text = useText();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  // No write key: it is the secret of servers, and a page of the site needs none.
  const snippet = `<script src="${tracking.scriptUrl}" defer></script>`;
  const copySnippet = async () => {
    await copy(snippet);
    toggleNotification({ type: 'success', message: text('settings.tracking.copied') });
  };
  return (
    <Panel
      title={text('settings.tracking.title')}
      action={
        <Button variant="tertiary" startIcon={<Duplicate />} onClick={() => void copySnippet()}>
          {text('settings.tracking.copy')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral600">{text('settings.tracking.lead')}</Typography>
        <Box background="neutral100" padding={3} hasRadius>
          <Code>{snippet}</Code>
        </Box>
      </Flex>
    </Panel>
  );
}
