/** One shared rule: its name, who matches, and every entry that changes with it. */
import { useState, type ChangeEvent } from 'react';

import { Button, Field, Flex, Grid, Textarea, TextInput } from '@strapi/design-system';
import { Check, Trash } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import type { Audience } from '../../../shared/access';
import {
  accessRuleAnswerSchema,
  accessRuleInputSchema,
  type AccessRuleDetail,
} from '../../../shared/access-rules';
import {
  ConfirmDialog,
  crmPath,
  PageLayout,
  Panel,
  useCrmMutation,
  useFormat,
  useMay,
} from '../../ui';
import { AudienceEditor } from '../audience-editor';
import { useText } from '../text';
import { useSpeaker } from '../use-choices';
import { RuleUsages } from './rule-usages';

interface Draft {
  readonly name: string;
  readonly description: string;
  readonly audience: Audience;
}

const draftOf = (rule: AccessRuleDetail | undefined): Draft => ({
  name: rule?.name ?? '',
  description: rule?.description ?? '',
  audience: rule?.audience ?? { type: 'members' },
});

const removedSchema = z.object({ data: z.unknown() });

function useRuleActions(rule: AccessRuleDetail | undefined) {
  const text = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const save = useCrmMutation(accessRuleAnswerSchema, (body: Draft) =>
    rule
      ? { method: 'PUT', path: `/crm/access/rules/${rule.documentId}`, body }
      : { method: 'POST', path: '/crm/access/rules', body },
  );
  const remove = useCrmMutation(removedSchema, (id: string) => ({
    method: 'DELETE',
    path: `/crm/access/rules/${id}`,
  }));
  const leave = (message: 'access.rules.saved' | 'access.rules.deleted') => {
    toggleNotification({ type: 'success', message: text(message) });
    navigate(crmPath('access-rules'));
  };
  return {
    save,
    remove,
    saveDraft: async (draft: Draft) => {
      if ((await save.run(draft)).ok) leave('access.rules.saved');
    },
    removeRule: async () => {
      if (rule && (await remove.run(rule.documentId)).ok) leave('access.rules.deleted');
    },
  };
}

export function RuleForm({ rule }: { readonly rule: AccessRuleDetail | undefined }) {
  const text = useText();
  const format = useFormat();
  const mayChange = useMay('access.rules');
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [asks, setAsks] = useState<'save' | 'delete' | null>(null);
  const { save, remove, saveDraft, removeRule } = useRuleActions(rule);
  const count = rule?.usageCount ?? 0;
  const complete = accessRuleInputSchema.safeParse(draft).success;
  const confirmed = (act: () => Promise<void>) => () => void act().then(() => setAsks(null));
  return (
    <PageLayout
      title={rule ? text('access.rules.edit') : text('access.rules.new')}
      backTo="access-rules"
      primaryAction={
        <Button
          startIcon={<Check />}
          disabled={!mayChange || !complete}
          loading={save.isRunning}
          onClick={() => (count > 0 ? setAsks('save') : void saveDraft(draft))}
        >
          {text('access.rules.save')}
        </Button>
      }
      secondaryAction={
        rule && mayChange ? (
          <Button
            variant="danger-light"
            startIcon={<Trash />}
            disabled={count > 0}
            onClick={() => setAsks('delete')}
          >
            {text('access.rules.delete')}
          </Button>
        ) : undefined
      }
    >
      <Grid.Root gap={6}>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
          <RuleFields draft={draft} errors={save.fieldErrors} onChange={setDraft} />
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
          {rule ? <RuleUsages rule={rule} /> : null}
        </Grid.Item>
      </Grid.Root>
      <ConfirmDialog
        open={asks === 'save'}
        onOpenChange={() => setAsks(null)}
        title={text('access.rules.save.title')}
        confirmLabel={text('access.rules.save')}
        onConfirm={confirmed(() => saveDraft(draft))}
        isRunning={save.isRunning}
      >
        {text('access.rules.save.body', { count: format.number(count) })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'delete'}
        onOpenChange={() => setAsks(null)}
        title={text('access.rules.delete.title')}
        confirmLabel={text('access.rules.delete')}
        onConfirm={confirmed(removeRule)}
        isRunning={remove.isRunning}
        variant="danger"
      >
        {text('access.rules.delete.body', { name: rule?.name ?? '' })}
      </ConfirmDialog>
    </PageLayout>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (draft: Draft) => void;
}

function RuleFields({ draft, errors, onChange }: FieldsProps) {
  const text = useText();
  const { choices } = useSpeaker();
  return (
    <Panel title={text('access.rules.what')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root name="name" required error={errors.name}>
          <Field.Label>{text('access.rules.name')}</Field.Label>
          <TextInput
            value={draft.name}
            maxLength={120}
            onChange={(event: ChangeEvent<HTMLInputElement>) =>
              onChange({ ...draft, name: event.target.value })
            }
          />
          <Field.Error />
        </Field.Root>
        <Field.Root name="description" error={errors.description}>
          <Field.Label>{text('access.rules.description')}</Field.Label>
          <Textarea
            value={draft.description}
            onChange={(event: ChangeEvent<HTMLTextAreaElement>) =>
              onChange({ ...draft, description: event.target.value })
            }
          />
          <Field.Error />
        </Field.Root>
        <AudienceEditor
          label={text('access.who')}
          value={draft.audience}
          choices={choices}
          onChange={(audience) => onChange({ ...draft, audience })}
        />
      </Flex>
    </Panel>
  );
}
