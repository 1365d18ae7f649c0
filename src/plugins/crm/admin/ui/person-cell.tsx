import { Avatar, Box, Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

import { ChannelBadge, type ChannelKey } from './channel-badge';
import { useUiText } from './text';

export interface PersonReach {
  readonly channel: ChannelKey;
  /** May be written to now: address known, consent given, not suppressed. */
  readonly allowed: boolean;
}

export interface PersonCellProps {
  readonly familyName?: string | null;
  readonly givenName?: string | null;
  readonly familyNameKana?: string | null;
  readonly givenNameKana?: string | null;
  /** Shown when there is no name: an e-mail address, a customer number. */
  readonly fallback?: string | null;
  readonly reach?: readonly PersonReach[];
  /** Address of the record; without it the name is plain text. */
  readonly to?: string;
}

const NameLink = styled(Link)`
  color: inherit;
  text-decoration: none;
  &:hover,
  &:focus-visible {
    text-decoration: underline;
  }
`;

const joined = (...parts: (string | null | undefined)[]): string =>
  parts.filter((part) => Boolean(part)).join(' ');

/** A person, always alike: initial, name (family first), kana, and how she can be reached. */
export function PersonCell(person: PersonCellProps) {
  const text = useUiText();
  const name =
    joined(person.familyName, person.givenName) || person.fallback || text('ui.person.nameless');
  const kana = joined(person.familyNameKana, person.givenNameKana);
  return (
    <Flex gap={3} alignItems="center" minWidth={0}>
      {/* Round, however little room there is. */}
      <Box flex="0 0 auto">
        {/* There is no picture to wait for. */}
        <Avatar.Item delayMs={0} fallback={Array.from(name)[0] ?? '・'} alt="" />
      </Box>
      <Flex direction="column" alignItems="flex-start" minWidth={0}>
        <Typography fontWeight="semiBold" textColor="neutral800" ellipsis maxWidth="100%">
          {person.to ? <NameLink to={person.to}>{name}</NameLink> : name}
        </Typography>
        {kana ? (
          <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%">
            {kana}
          </Typography>
        ) : null}
      </Flex>
      {person.reach && person.reach.length > 0 ? (
        <Flex gap={1} paddingLeft={1}>
          {person.reach.map(({ channel, allowed }) => (
            <ChannelBadge key={channel} channel={channel} state={allowed ? 'on' : 'off'} compact />
          ))}
        </Flex>
      ) : null}
    </Flex>
  );
}
