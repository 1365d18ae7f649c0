import type { ReactNode } from 'react';

import { Box, Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';

import { useUiText } from './text';

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
      <Layouts.Content>
        <Box paddingBottom={8}>{children}</Box>
      </Layouts.Content>
    </Page.Main>
  );
}

/** The address of a CRM screen inside the admin: `crmPath('customers/12')`. */
export const crmPath = (path: string): string => `/plugins/crm/${path}`.replace(/\/$/, '');
