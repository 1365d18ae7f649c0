/** Beside the form: when the entry is published and when it is taken down. */
import { useState } from 'react';

import { Button, Field, Flex, Typography } from '@strapi/design-system';
import {
  unstable_useContentManagerContext as useContentManagerContext,
  useNotification,
  useQueryParams,
} from '@strapi/strapi/admin';

import { publicationPlanAnswerSchema } from '../../shared/publishing';
import {
  ErrorState,
  SiteDateTimePicker,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useMay,
} from '../ui';
import { useText } from './text';

interface PanelProps {
  readonly model: string;
  readonly documentId?: string;
}

interface ContentType {
  readonly options?: { readonly draftAndPublish?: boolean };
  readonly pluginOptions?: { readonly i18n?: { readonly localized?: boolean } };
}

/** A panel of the Content Manager is a hook that returns what it shows, or null. */
export function PlanPanel({ model, documentId }: PanelProps) {
  const text = useText();
  const may = useMay('publishing.read');
  const { contentType } = useContentManagerContext();
  const type = contentType as ContentType | undefined;
  if (!may || !documentId || type?.options?.draftAndPublish !== true) return null;
  const isTranslated = type.pluginOptions?.i18n?.localized === true;
  return {
    title: text('publishing.panel.title'),
    content: <Plan uid={model} documentId={documentId} isTranslated={isTranslated} />,
  };
}

interface PlanProps {
  readonly uid: string;
  readonly documentId: string;
  readonly isTranslated: boolean;
}

interface Query {
  readonly plugins?: { readonly i18n?: { readonly locale?: string } };
}

const DEFAULT_LOCALE = 'ja';

function Plan({ uid, documentId, isTranslated }: PlanProps) {
  const [{ query }] = useQueryParams<Query>();
  const locale = isTranslated ? (query.plugins?.i18n?.locale ?? DEFAULT_LOCALE) : '';
  const target = { uid, documentId, locale };
  const saved = useCrmQuery(publicationPlanAnswerSchema, '/crm/publications/plan', target);
  const plan = saved.data?.data;
  if (saved.error) return <ErrorState error={saved.error} onRetry={saved.refetch} />;
  if (!plan) return <Skeleton lines={2} height="2rem" />;
  const key = JSON.stringify([target, plan]);
  return <PlanForm key={key} target={target} plan={plan} onSaved={saved.refetch} />;
}

interface PlanFormProps {
  readonly target: { readonly uid: string; readonly documentId: string; readonly locale: string };
  readonly plan: (typeof publicationPlanAnswerSchema)['_output']['data'];
  readonly onSaved: () => void;
}

const FIELDS = ['publishAt', 'unpublishAt'] as const;

function PlanForm({ target, plan, onSaved }: PlanFormProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [draft, setDraft] = useState({
    publishAt: plan.publishAt,
    unpublishAt: plan.unpublishAt,
  });
  const save = useCrmMutation(publicationPlanAnswerSchema, () => ({
    method: 'PUT',
    path: '/crm/publications/plan',
    body: { ...target, ...draft },
  }));
  const submit = async () => {
    const saved = await save.run(undefined);
    if (!saved.ok) return;
    toggleNotification({ type: 'success', message: text('publishing.saved') });
    onSaved();
  };
  const changed = FIELDS.some((field) => draft[field] !== plan[field]);
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      {FIELDS.map((field) => (
        <Field.Root key={field} width="100%">
          <Field.Label>{text(`publishing.panel.${field}`)}</Field.Label>
          <SiteDateTimePicker
            value={draft[field] ? new Date(draft[field]) : undefined}
            onChange={(date) =>
              setDraft((before) => ({ ...before, [field]: date?.toISOString() ?? null }))
            }
            onClear={() => setDraft((before) => ({ ...before, [field]: null }))}
            clearLabel={text('publishing.panel.clear')}
          />
        </Field.Root>
      ))}
      {plan.failed ? (
        <Typography variant="pi" textColor="danger600" role="alert">
          {text('publishing.panel.failed', {
            reason: plan.failed === 'not-found' ? text('publishing.gone') : plan.failed,
          })}
        </Typography>
      ) : null}
      <Button
        variant="secondary"
        fullWidth
        disabled={!changed}
        loading={save.isRunning}
        onClick={() => void submit()}
      >
        {text('publishing.panel.save')}
      </Button>
      <Typography variant="pi" textColor="neutral600">
        {text('publishing.panel.hint')}
      </Typography>
    </Flex>
  );
}
