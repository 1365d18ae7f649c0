import type { ReactNode } from 'react';

import { Box, Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';

import { useUiText } from './text';

/**
 * While one scrolls, Strapi keeps title and actions at the top of the window: on a phone that is
 * behind its own menu, and a long title fills half of the screen.
 */
const HeaderInSight = styled.div`
  display: contents;
  [data-strapi-header-sticky] {
    top: 6.4rem;
    ${({ theme }) => theme.breakpoints.large} {
      top: 0;
    }
  }
  [data-strapi-header-sticky] h1 {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 1;
  }
`;

interface PageLayoutProps {
  readonly title: string;
  /** One sentence or number that answers the screen's question at the first glance. */
  readonly subtitle?: ReactNode;
  /** The one primary action, top right. */
  readonly primaryAction?: ReactNode;
  readonly secondaryAction?: ReactNode;
  /** Path of the screen one level up, relative to the CRM menu: `customers`. */
  readonly backTo?: string;
  readonly children: ReactNode;
}

/** The frame of every CRM screen: browser title, heading, actions, content. */
export function PageLayout({ title, subtitle, backTo, children, ...actions }: PageLayoutProps) {
  const text = useUiText();
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <HeaderInSight>
        <Layouts.Header
          title={title}
          subtitle={subtitle}
          {...actions}
          navigationAction={
            backTo === undefined ? undefined : (
              <Link tag={NavLink} to={crmPath(backTo)} startIcon={<ArrowLeft />}>
                {text('ui.back')}
              </Link>
            )
          }
        />
      </HeaderInSight>
      <Layouts.Content>
        <Box paddingBottom={8}>{children}</Box>
      </Layouts.Content>
    </Page.Main>
  );
}

/** The address of a CRM screen inside the admin: `crmPath('customers/12')`. */
export const crmPath = (path: string): string => `/plugins/crm/${path}`.replace(/\/$/, '');
