import { lazy, Suspense, type ComponentType } from 'react';

import { Box } from '@strapi/design-system';
import { Layouts, Page, useAuth, useIsMobile } from '@strapi/strapi/admin';
import { Navigate, Route, Routes } from 'react-router-dom';
import { createGlobalStyle } from 'styled-components';

import { features } from '../features';
import { crmPath, Skeleton, type AdminPage } from '../ui';
import { CompactNavigation, SideNavigation } from './navigation';
import { PageBoundary } from './page-boundary';

interface MountedPage extends AdminPage {
  readonly Screen: ComponentType;
}

/** Each screen is a chunk of its own, fetched when it is first opened. */
const pages: readonly MountedPage[] = features
  .flatMap((feature) => feature.pages ?? [])
  .map((page) => ({ ...page, Screen: lazy(page.component) }));

function ScreenOf({ page }: { readonly page: MountedPage }) {
  return (
    <Page.Protect permissions={[{ action: `plugin::crm.${page.permission}`, subject: null }]}>
      <PageBoundary key={page.path}>
        <Suspense
          fallback={
            <Box padding={8}>
              <Skeleton lines={5} />
            </Box>
          }
        >
          <page.Screen />
        </Suspense>
      </PageBoundary>
    </Page.Protect>
  );
}

/** Who may not see the first screen starts on the first one that she may see. */
function FirstScreen({ allowed }: { readonly allowed: readonly MountedPage[] }) {
  const first = allowed[0];
  if (!first) return <Page.NoPermissions />;
  return first.path === '' ? (
    <ScreenOf page={first} />
  ) : (
    <Navigate to={crmPath(first.path)} replace />
  );
}

/** Dialogs hang on the document's body, outside of the screen that opened them. */
const DialogBreaks = createGlobalStyle`
  [role='dialog'],
  [role='alertdialog'] {
    word-break: auto-phrase;
  }
`;

export default function Shell() {
  const permissions = useAuth('CrmShell', (auth) => auth.permissions);
  const granted = new Set(permissions.map((permission) => permission.action));
  const menu = pages.filter((page) => page.menu && granted.has(`plugin::crm.${page.permission}`));
  const isMobile = useIsMobile();

  return (
    <Layouts.Root
      sideNav={isMobile ? undefined : <SideNavigation pages={menu} />}
      // Japanese breaks at phrases where the browser can.
      style={{ wordBreak: 'auto-phrase' }}
    >
      <DialogBreaks />
      {isMobile ? <CompactNavigation pages={menu} /> : null}
      <Routes>
        <Route index element={<FirstScreen allowed={menu} />} />
        {pages
          .filter((page) => page.path !== '')
          .map((page) => (
            <Route key={page.path} path={page.path} element={<ScreenOf page={page} />} />
          ))}
        <Route path="*" element={<Page.Error />} />
      </Routes>
    </Layouts.Root>
  );
}
