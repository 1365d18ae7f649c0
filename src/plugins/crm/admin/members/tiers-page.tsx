import { useState } from 'react';

import { Button, Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import {
  tierPreviewSchema,
  tierSettingsAnswerSchema,
  type TierInput,
  type TierPreview,
  type TierRule,
  type TierSettings,
} from '../../shared/tiers';
import {
  ConfirmDialog,
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
} from '../ui';
import { useText } from './text';
import { TierOrPlan } from './tier-or-plan';
import { TierPreviewText } from './tier-preview';
import { TierRows } from './tier-rows';
import { TierRuleFields } from './tier-rule-fields';
import { useNameOf } from './use-name-of';

interface EditorProps {
  readonly stored: TierSettings;
  readonly people: Readonly<Record<string, number>>;
  readonly onSaved: () => void;
}

function useChanges(draft: TierSettings, onSaved: () => void) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [preview, setPreview] = useState<TierPreview | null>(null);
  const look = useCrmMutation(tierPreviewSchema, (body: TierSettings) => ({
    method: 'POST',
    path: '/crm/tiers/preview',
    body,
  }));
  const save = useCrmMutation(tierSettingsAnswerSchema, (body: TierSettings) => ({
    method: 'PUT',
    path: '/crm/tiers',
    body,
  }));
  return {
    preview,
    errors: look.fieldErrors,
    isRunning: look.isRunning || save.isRunning,
    close: () => setPreview(null),
    ask: async () => {
      const answer = await look.run(draft);
      if (answer.ok) setPreview(answer.value.data);
    },
    confirm: async () => {
      const saved = await save.run(draft);
      setPreview(null);
      if (!saved.ok) return;
      toggleNotification({ type: 'success', message: text('members.tiers.saved') });
      onSaved();
    },
  };
}

/** Nothing is saved before the editor has read how many people will move. */
function Editor({ stored, people, onSaved }: EditorProps) {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const [rule, setRule] = useState<TierRule>(stored.rule);
  const [tiers, setTiers] = useState<readonly TierInput[]>(stored.tiers);
  const draft = { rule, tiers: [...tiers] };
  const changes = useChanges(draft, onSaved);
  const { preview } = changes;
  const names = new Map([...stored.tiers, ...tiers].map((tier) => [tier.key, nameOf(tier)]));
  const moving = preview ? preview.up + preview.down : 0;
  return (
    <>
      <Panel title={text('members.tiers.rule')}>
        <TierRuleFields rule={rule} onChange={setRule} />
      </Panel>
      <Panel title={text('members.tiers.list')}>
        <TierRows
          tiers={tiers}
          metric={rule.metric}
          people={people}
          stored={new Set(stored.tiers.map(({ key }) => key))}
          errors={changes.errors}
          onChange={setTiers}
        />
      </Panel>
      <Flex justifyContent="flex-end">
        <Button loading={changes.isRunning} onClick={() => void changes.ask()}>
          {text('members.tiers.ask')}
        </Button>
      </Flex>
      <ConfirmDialog
        open={preview !== null}
        onOpenChange={(open) => (open ? undefined : changes.close())}
        title={text('members.tiers.ask-title')}
        confirmLabel={text(moving > 0 ? 'members.tiers.confirm' : 'members.save', {
          count: format.number(moving),
        })}
        isRunning={changes.isRunning}
        onConfirm={() => void changes.confirm()}
      >
        {preview ? <TierPreviewText preview={preview} names={names} /> : null}
      </ConfirmDialog>
    </>
  );
}

/** The rule that people climb by, and the tiers, from the lowest to the highest. */
export default function TiersPage() {
  const text = useText();
  const { data, error, isLoading, refetch } = useCrmQuery(tierSettingsAnswerSchema, '/crm/tiers');
  const settings = data?.data;
  return (
    <PageLayout
      title={text('members.tiers.page-title')}
      subtitle={text('members.tiers.page-lead')}
      backTo="settings"
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        <TierOrPlan here="tier" />
        {isLoading ? <Skeleton lines={4} height="4rem" /> : null}
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {settings ? (
          <Editor
            key={JSON.stringify(settings.tiers) + JSON.stringify(settings.rule)}
            stored={{ rule: settings.rule, tiers: settings.tiers }}
            people={settings.people}
            onSaved={refetch}
          />
        ) : null}
      </Flex>
    </PageLayout>
  );
}
