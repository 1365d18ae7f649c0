import { useState } from 'react';

import {
  Box,
  Button,
  Field,
  Grid,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import {
  segmentDetailSchema,
  type RuleGroup,
  type SegmentDetail,
  type SegmentField,
} from '../../shared/segments';
import {
  crmPath,
  ErrorState,
  PageLayout,
  Panel,
  useCrmMutation,
  useFormat,
  useShortcuts,
} from '../ui';
import { DeleteSegment } from './delete-segment';
import { PreviewPanel } from './preview-panel';
import { RuleBuilder } from './rule-builder';
import { withIds } from './rule-editing';
import { RuleSentence } from './rule-sentence';
import { useText } from './text';
import { UsagePanel } from './usage-panel';
import { ruleState } from './value-shape';
import { WhyPanel } from './why-panel';

const answerSchema = z.object({ data: segmentDetailSchema });

interface Draft {
  readonly name: string;
  readonly description: string;
  readonly kind: 'dynamic' | 'static';
  readonly rule: RuleGroup;
}

const blank: Draft = {
  name: '',
  description: '',
  kind: 'dynamic',
  rule: { combinator: 'and', rules: [] },
};

function useSave(segment: SegmentDetail | undefined) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const save = useCrmMutation(
    answerSchema,
    (draft: Draft) =>
      segment
        ? { method: 'PUT', path: `/crm/segments/${segment.documentId}`, body: draft }
        : { method: 'POST', path: '/crm/segments', body: draft },
    { quiet: true },
  );
  const run = async (draft: Draft) => {
    const saved = await save.run(draft);
    if (!saved.ok) return;
    const { documentId, memberCount } = saved.value.data;
    const message = text('segments.form.saved', { count: format.number(memberCount) });
    toggleNotification({ type: 'success', message });
    if (!segment) navigate(crmPath(`segments/${documentId}`), { replace: true });
  };
  return { ...save, run };
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function About({
  draft,
  onChange,
  isNew,
  nameError,
}: PartProps & { isNew: boolean; nameError?: string }) {
  const text = useText();
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={8} xs={12} direction="column" alignItems="stretch">
        <Field.Root required hint={text('segments.form.name-hint')} error={nameError}>
          <Field.Label>{text('segments.form.name')}</Field.Label>
          <TextInput
            name="name"
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
        <Field.Root hint={text('segments.form.kind-hint')}>
          <Field.Label>{text('segments.form.kind')}</Field.Label>
          <SingleSelect
            value={draft.kind}
            disabled={!isNew}
            onChange={(kind: string | number) =>
              onChange({ kind: kind === 'static' ? 'static' : 'dynamic' })
            }
          >
            <SingleSelectOption value="dynamic">{text('segments.kind.dynamic')}</SingleSelectOption>
            <SingleSelectOption value="static">{text('segments.kind.static')}</SingleSelectOption>
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={12} xs={12} direction="column" alignItems="stretch">
        <Field.Root>
          <Field.Label>{text('segments.form.description')}</Field.Label>
          <Textarea
            name="description"
            value={draft.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        </Field.Root>
      </Grid.Item>
    </Grid.Root>
  );
}

interface RulePartProps extends PartProps {
  readonly fields: ReadonlyMap<string, SegmentField>;
  readonly isFrozen: boolean;
  /** Messages by the path of the clause. */
  readonly problems: readonly string[];
}

function RulePart({ draft, onChange, fields, isFrozen, problems }: RulePartProps) {
  const text = useText();
  return (
    <Panel title={text('segments.form.rule')}>
      {isFrozen ? (
        <Box paddingBottom={3}>
          <Typography textColor="neutral600">{text('segments.form.static-note')}</Typography>
        </Box>
      ) : null}
      <RuleBuilder
        rule={draft.rule}
        onChange={(rule) => onChange({ rule })}
        fields={fields}
        disabled={isFrozen}
      />
      {problems.map((problem) => (
        <Box key={problem} paddingTop={2}>
          <Typography textColor="danger600" role="alert">
            {problem}
          </Typography>
        </Box>
      ))}
      {ruleState(draft.rule, fields) === 'ready' ? (
        <Box paddingTop={5}>
          <Box paddingBottom={2}>
            <Typography variant="sigma" textColor="neutral600">
              {text('segments.preview.sentence')}
            </Typography>
          </Box>
          <RuleSentence rule={draft.rule} fields={fields} />
        </Box>
      ) : null}
    </Panel>
  );
}

interface SegmentFormProps {
  readonly segment: SegmentDetail | undefined;
  readonly fields: ReadonlyMap<string, SegmentField>;
}

export function SegmentForm({ segment, fields }: SegmentFormProps) {
  const text = useText();
  const [draft, setDraft] = useState<Draft>(() => {
    const start = segment ?? blank;
    return { ...start, rule: withIds(start.rule) };
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useSave(segment);
  const state = ruleState(draft.rule, fields);
  const canSave = state === 'ready' && draft.name.trim() !== '';
  const submit = () => {
    const { name, description, kind, rule } = draft;
    void save.run({ name, description, kind, rule });
  };
  useShortcuts({ save: canSave ? submit : undefined });
  const problems = Object.entries(save.fieldErrors).filter(([path]) => path.startsWith('rule'));
  return (
    <PageLayout
      title={segment?.name ?? text('segments.new.title')}
      backTo="segments"
      primaryAction={
        <Button onClick={submit} loading={save.isRunning} disabled={!canSave}>
          {text('segments.form.save')}
        </Button>
      }
      secondaryAction={segment ? <DeleteSegment segment={segment} /> : undefined}
    >
      <Grid.Root gap={5}>
        <Grid.Item col={8} m={8} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          {save.error ? <ErrorState error={save.error} /> : null}
          <Panel title={text('segments.form.about')}>
            <About
              draft={draft}
              onChange={change}
              isNew={!segment}
              nameError={save.fieldErrors.name}
            />
          </Panel>
          <RulePart
            draft={draft}
            onChange={change}
            fields={fields}
            isFrozen={segment?.kind === 'static'}
            problems={problems.map(([, message]) => message)}
          />
        </Grid.Item>
        <Grid.Item col={4} m={4} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          <PreviewPanel rule={draft.rule} state={state} />
          <WhyPanel rule={state === 'ready' ? draft.rule : null} fields={fields} />
          {segment ? <UsagePanel usages={segment.usages} /> : null}
        </Grid.Item>
      </Grid.Root>
    </PageLayout>
  );
}
