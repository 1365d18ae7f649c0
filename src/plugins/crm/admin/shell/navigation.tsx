import { useEffect, useRef } from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';
import { SubNav } from '@strapi/strapi/admin';
import { NavLink, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';

import { crmPath, useAnyText, type AdminPage } from '../ui';
import { useText } from './text';

interface NavigationProps {
  readonly pages: readonly AdminPage[];
}

function Label({ page }: { readonly page: AdminPage }) {
  const text = useAnyText();
  const Icon = page.icon;
  return (
    <Flex tag="span" gap={2}>
      {Icon ? <Icon width="1.6rem" height="1.6rem" aria-hidden /> : null}
      {text(page.titleKey)}
    </Flex>
  );
}

/** The CRM's own menu beside the page, from 768 px. */
export function SideNavigation({ pages }: NavigationProps) {
  const text = useText();
  return (
    <SubNav.Main aria-label={text('shell.navigation')}>
      <SubNav.Header label={text('shell.menu')} />
      <SubNav.Content>
        <Flex tag="ol" direction="column" alignItems="stretch" gap="2px" padding={2}>
          {pages.map((page) => (
            <li key={page.path}>
              <SubNav.Link
                to={crmPath(page.path)}
                end={page.path === ''}
                label={<Label page={page} />}
              />
            </li>
          ))}
        </Flex>
      </SubNav.Content>
    </SubNav.Main>
  );
}

const Bar = styled(Box)`
  overflow-x: auto;
  scrollbar-width: none;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const Tab = styled(NavLink)`
  display: block;
  white-space: nowrap;
  text-decoration: none;
  padding: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[3]}`};
  color: ${({ theme }) => theme.colors.neutral700};
  border-bottom: 2px solid transparent;
  &.active {
    color: ${({ theme }) => theme.colors.primary700};
    border-bottom-color: ${({ theme }) => theme.colors.primary600};
  }
`;

/** The same menu as a bar that scrolls sideways, on a phone. */
export function CompactNavigation({ pages }: NavigationProps) {
  const text = useText();
  const bar = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const active = bar.current?.querySelector('.active');
    active?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <Bar tag="nav" background="neutral0" aria-label={text('shell.navigation')} ref={bar}>
      <Flex paddingLeft={2} paddingRight={2}>
        {pages.map((page) => (
          <Tab key={page.path} to={crmPath(page.path)} end={page.path === ''}>
            <Typography tag="span" fontWeight="semiBold" textColor="currentColor">
              <Label page={page} />
            </Typography>
          </Tab>
        ))}
      </Flex>
    </Bar>
  );
}
