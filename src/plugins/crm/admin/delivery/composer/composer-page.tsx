import { useState } from 'react';

import { Button, Flex, Tabs } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { z } from 'zod';

import { campaignSchema, type Campaign } from '../../../shared/delivery';
import {
  crmPath,
  ErrorState,
  PageLayout,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useShortcuts,
  useUrlState,
} from '../../ui';

import { CampaignStatusBadge } from '../campaign-status';
import { useText } from '../text';

import { AudienceStep } from './audience-step';
import { ContentStep } from './content-step';
import { draftOf, isStep, newDraft, steps, withSource, type Draft, type Step } from './draft';
import { entryOf, sourcesSchema } from '../entry-link';
import { ReviewStep } from './review-step';

const answerSchema = z.object({ data: campaignSchema });

/** Saves the draft, creating it the first time; answers where it now lives. */
function useSave(id: string | undefined) {
  return useCrmMutation(answerSchema, (draft: Draft) =>
    id
      ? { method: 'PUT', path: `/crm/campaigns/${id}`, body: draft }
      : { method: 'POST', path: '/crm/campaigns', body: draft },
  );
}

interface ComposerProps {
  readonly campaign: Campaign | undefined;
  /** What a new campaign begins with. */
  readonly begun?: Draft;
}

function Composer({ campaign, begun = newDraft }: ComposerProps) {
  const text = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const [draft, setDraft] = useState<Draft>(campaign ? draftOf(campaign) : begun);
  const [isSaved, setSaved] = useState(campaign !== undefined);
  const [url, setUrl] = useUrlState({ step: 'content' });
  const step: Step = isStep(url.step) ? url.step : 'content';
  const save = useSave(campaign?.documentId);

  const change = (patch: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...patch }));
    setSaved(false);
  };

  const goTo = (next: Step | null, stored: Campaign | undefined) => {
    if (stored && !campaign) {
      const search = next ? `?step=${next}` : '';
      navigate(crmPath(`campaigns/${stored.documentId}/edit${search}`), { replace: true });
    } else if (next) setUrl({ step: next });
  };

  /** Stays where it is when the draft cannot be stored. */
  const saveThen = async (next: Step | null) => {
    if (isSaved) return goTo(next, undefined);
    const named = draft.name ? draft : { ...draft, name: draft.subject };
    const result = await save.run(named);
    if (!result.ok) return;
    setSaved(true);
    if (!next) toggleNotification({ type: 'success', message: text('delivery.composer.saved') });
    goTo(next, result.value.data);
  };
  useShortcuts({ save: () => void saveThen(null) });

  const props = { draft, change, fieldErrors: save.fieldErrors };
  const following = steps[steps.indexOf(step) + 1];
  return (
    <PageLayout
      title={draft.name || text('delivery.composer.new')}
      subtitle={campaign ? <CampaignStatusBadge status={campaign.status} /> : undefined}
      backTo="campaigns"
      secondaryAction={
        <Button
          variant="tertiary"
          disabled={isSaved}
          loading={save.isRunning}
          onClick={() => void saveThen(null)}
        >
          {text('delivery.composer.save')}
        </Button>
      }
      primaryAction={
        following ? (
          <Button loading={save.isRunning} onClick={() => void saveThen(following)}>
            {text(`delivery.composer.to-${following}`)}
          </Button>
        ) : undefined
      }
    >
      <Tabs.Root value={step} onValueChange={(next) => isStep(next) && void saveThen(next)}>
        <Tabs.List aria-label={text('delivery.composer.steps')}>
          {steps.map((name, index) => (
            <Tabs.Trigger key={name} value={name}>
              {`${index + 1}. ${text(`delivery.composer.${name}`)}`}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Tabs.Root>
      <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4}>
        {step === 'content' ? <ContentStep {...props} /> : null}
        {step === 'audience' ? <AudienceStep {...props} /> : null}
        {step === 'review' && campaign ? <ReviewStep campaign={campaign} draft={draft} /> : null}
      </Flex>
    </PageLayout>
  );
}

/** A new campaign, made of the entry that `?entry=` names: "send this article" in its edit view. */
function NewCampaign() {
  const text = useText();
  const [{ entry }] = useUrlState({ entry: '' });
  const asked = entryOf(entry);
  const found = useCrmQuery(sourcesSchema, asked ? '/crm/campaigns/sources' : null, asked ?? {});
  if (asked && found.isLoading) {
    return (
      <PageLayout title={text('delivery.composer.new')} backTo="campaigns">
        <Skeleton lines={8} height="3.2rem" />
      </PageLayout>
    );
  }
  const [option] = found.data?.data ?? [];
  return <Composer campaign={undefined} {...(option && { begun: withSource(newDraft, option) })} />;
}

export default function ComposerPage() {
  const { id } = useParams();
  const text = useText();
  const found = useCrmQuery(answerSchema, id ? `/crm/campaigns/${id}` : null);
  if (!id) return <NewCampaign key="new" />;
  const campaign = found.data?.data;
  if (campaign?.documentId === id) return <Composer key={id} campaign={campaign} />;
  return (
    <PageLayout title={text('delivery.title')} backTo="campaigns">
      {found.error ? (
        <ErrorState error={found.error} onRetry={found.refetch} />
      ) : (
        <Skeleton lines={8} height="3.2rem" />
      )}
    </PageLayout>
  );
}
