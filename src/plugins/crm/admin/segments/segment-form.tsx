import { useEffect, useState } from 'react';

import { Alert, Box, Button, Grid, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import {
  hasRule,
  segmentDetailSchema,
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
  useMay,
  useShortcuts,
} from '../ui';
import { AboutPart, type Draft } from './about-part';
import { DeleteSegment } from './delete-segment';
import { HistoryPanel } from './history-panel';
import { ImportPanel } from './import-panel';
import { MembersPanel } from './members-panel';
import { PreviewPanel } from './preview-panel';
import { RuleBuilder } from './rule-builder';
import { withIds } from './rule-editing';
import { RuleSentence } from './rule-sentence';
import { useText } from './text';
import { UsagePanel } from './usage-panel';
import { ruleState } from './value-shape';
import { WhyPanel } from './why-panel';

const answerSchema = z.object({ data: segmentDetailSchema });

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

const LONG_MS = 800;

/** True once something has been under way for so long that one wonders. */
function useIsLong(isRunning: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isRunning]);
  return isLong;
}

interface RulePartProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
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

/** What stands in place of a rule where people are picked or imported. */
function OtherMembers({ segment, kind }: Pick<SegmentFormProps, 'segment'> & Pick<Draft, 'kind'>) {
  const text = useText();
  const seesPeople = useMay('customers.read');
  if (!segment) {
    return (
      <Panel title={text('segments.members.title')}>
        <Typography>{text(`segments.kind-about.${kind}`)}</Typography>
      </Panel>
    );
  }
  if (kind !== 'static') return <ImportPanel id={segment.documentId} />;
  return seesPeople ? <MembersPanel id={segment.documentId} /> : null;
}

interface SegmentFormProps {
  readonly segment: SegmentDetail | undefined;
  readonly fields: ReadonlyMap<string, SegmentField>;
}

function Problem({ segment }: Pick<SegmentFormProps, 'segment'>) {
  const text = useText();
  if (!segment?.problem) return null;
  return (
    <Alert variant="warning" closeLabel="" title={text('segments.problem.badge')}>
      {text(`segments.problem.${segment.problem}`)}
    </Alert>
  );
}

/** Beside the rule: whom it finds, why, where it is used, and who came and went. */
function SidePanels({ segment, draft, fields }: SegmentFormProps & { readonly draft: Draft }) {
  const { rule, kind } = draft;
  const state = ruleState(rule, fields);
  const seesPeople = useMay('customers.read');
  return (
    <>
      {hasRule(kind) ? (
        <>
          <PreviewPanel rule={rule} state={state} />
          <WhyPanel rule={state === 'ready' ? rule : null} fields={fields} />
        </>
      ) : null}
      {segment ? (
        <>
          <UsagePanel usages={segment.usages} />
          {seesPeople ? <HistoryPanel key={segment.memberCount} id={segment.documentId} /> : null}
        </>
      ) : null}
    </>
  );
}

export function SegmentForm({ segment, fields }: SegmentFormProps) {
  const text = useText();
  const [draft, setDraft] = useState<Draft>(() => {
    const start = segment ?? blank;
    return { ...start, rule: withIds(start.rule) };
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useSave(segment);
  const isLong = useIsLong(save.isRunning);
  const state = ruleState(draft.rule, fields);
  const ruled = hasRule(draft.kind);
  const canSave = (state === 'ready' || !ruled) && draft.name.trim() !== '';
  const submit = () => {
    const { name, description, kind, rule } = draft;
    void save.run({ name, description, kind, rule });
  };
  useShortcuts({ save: canSave ? submit : undefined });
  const problems = Object.entries(save.fieldErrors).filter(([path]) => path.startsWith('rule'));
  return (
    <PageLayout
      title={segment?.name ?? text('segments.new.title')}
      subtitle={isLong ? <span role="status">{text('segments.form.saving')}</span> : undefined}
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
          <Problem segment={segment} />
          <Panel title={text('segments.form.about')}>
            <AboutPart
              draft={draft}
              onChange={change}
              isNew={!segment}
              nameError={save.fieldErrors.name}
            />
          </Panel>
          {ruled ? (
            <RulePart
              draft={draft}
              onChange={change}
              fields={fields}
              isFrozen={segment?.kind === 'snapshot'}
              problems={problems.map(([, message]) => message)}
            />
          ) : (
            <OtherMembers segment={segment} kind={draft.kind} />
          )}
        </Grid.Item>
        <Grid.Item col={4} m={4} s={12} xs={12} direction="column" alignItems="stretch" gap={5}>
          <SidePanels segment={segment} draft={draft} fields={fields} />
        </Grid.Item>
      </Grid.Root>
    </PageLayout>
  );
}
