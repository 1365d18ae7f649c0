import { useState } from 'react';

import { Button, Flex, Grid, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { z } from 'zod';

import {
  menuAccountsAnswerSchema,
  menuAnswerSchema,
  type Menu,
} from '../../../shared/line-rich-menu';
import {
  ConfirmDialog,
  crmPath,
  ErrorState,
  PageLayout,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
} from '../../ui';
import { useText } from '../text';
import { About } from './about';
import { Assignment } from './assignment';
import { DesignEditor } from './design-editor';
import { blankDraft, draftOf, isComplete, type Draft } from './draft';
import { MenuStateBadge } from './list-page';
import { MenuPicture } from './picture';

type Accounts = z.output<typeof menuAccountsAnswerSchema>['data'];

interface FormProps {
  readonly menu: Menu | undefined;
  readonly accounts: Accounts;
}

function useSave(menu: Menu | undefined) {
  const text = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const save = useCrmMutation(menuAnswerSchema, (draft: Draft) =>
    menu
      ? { method: 'PUT', path: `/crm/line/menus/${menu.documentId}`, body: draft }
      : { method: 'POST', path: '/crm/line/menus', body: draft },
  );
  const run = async (draft: Draft) => {
    const saved = await save.run(draft);
    if (!saved.ok) return;
    toggleNotification({ type: 'success', message: text('line.menus.saved') });
    if (!menu) navigate(crmPath(`line/menus/${saved.value.data.documentId}`), { replace: true });
  };
  return { ...save, run };
}

const removedSchema = z.object({ data: z.object({ removed: z.literal(true) }) });

function RemoveButton({ menu }: { readonly menu: Menu }) {
  const text = useText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useCrmMutation(removedSchema, () => ({
    method: 'DELETE',
    path: `/crm/line/menus/${menu.documentId}`,
  }));
  const confirm = async () => {
    if ((await remove.run(undefined)).ok) navigate(crmPath('line/menus'));
  };
  return (
    <>
      <Button variant="danger-light" onClick={() => setAsking(true)}>
        {text('line.menus.remove')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={text('line.menus.remove')}
        confirmLabel={text('line.menus.remove')}
        isRunning={remove.isRunning}
        onConfirm={() => void confirm()}
        variant="danger"
      >
        {text('line.menus.remove-what', { name: menu.name })}
      </ConfirmDialog>
    </>
  );
}

function MenuForm({ menu, accounts }: FormProps) {
  const text = useText();
  const [draft, setDraft] = useState<Draft>(() =>
    menu ? draftOf(menu) : blankDraft(accounts[0]?.key ?? '', text('line.menus.bar-default')),
  );
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useSave(menu);
  return (
    <PageLayout
      title={menu?.name ?? text('line.menus.new')}
      subtitle={
        menu ? (
          <Flex>
            <MenuStateBadge state={menu.state} />
          </Flex>
        ) : undefined
      }
      backTo="line/menus"
      primaryAction={
        <Button
          onClick={() => void save.run(draft)}
          loading={save.isRunning}
          disabled={!isComplete(draft)}
        >
          {text('line.menus.save')}
        </Button>
      }
      secondaryAction={menu ? <RemoveButton menu={menu} /> : undefined}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {save.error ? <ErrorState error={save.error} /> : null}
        {menu?.problem ? (
          <Typography textColor="danger700" role="alert">
            {text('line.menus.problem', { reason: menu.problem })}
          </Typography>
        ) : null}
        <Grid.Root gap={5}>
          <Grid.Item col={7} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <About
              draft={draft}
              accounts={accounts}
              fieldErrors={save.fieldErrors}
              onChange={change}
            />
            <DesignEditor
              design={draft.design}
              taps={menu?.taps}
              fieldErrors={save.fieldErrors}
              onChange={(design) => change({ design })}
            />
          </Grid.Item>
          <Grid.Item col={5} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <MenuPicture design={draft.design} bar={draft.chatBarText} />
            <Assignment draft={draft} onChange={change} />
          </Grid.Item>
        </Grid.Root>
      </Flex>
    </PageLayout>
  );
}

export default function MenuEditPage() {
  const text = useText();
  const { id = 'new' } = useParams();
  const isNew = id === 'new';
  const accounts = useCrmQuery(menuAccountsAnswerSchema, '/crm/line/menus/accounts');
  const found = useCrmQuery(menuAnswerSchema, isNew ? null : `/crm/line/menus/${id}`);
  const menu = found.data?.data;
  if (accounts.data && (isNew || menu)) {
    return <MenuForm key={id} menu={menu} accounts={accounts.data.data} />;
  }
  const failed = accounts.error ?? found.error;
  return (
    <PageLayout title={text('line.menus.title')} backTo="line/menus">
      {failed ? (
        <ErrorState error={failed} onRetry={accounts.error ? accounts.refetch : found.refetch} />
      ) : (
        <Skeleton lines={6} height="4rem" />
      )}
    </PageLayout>
  );
}
