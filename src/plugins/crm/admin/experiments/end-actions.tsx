import { useState } from 'react';

import { Button, Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import type { VariantKey } from '../../shared/access';
import { experimentDetailSchema, type ExperimentDetail } from '../../shared/experiments';
import { ConfirmDialog, useCrmMutation } from '../ui';
import { useText } from './text';

const answerSchema = z.object({ data: experimentDetailSchema });

type Step = { readonly kind: 'stop' } | { readonly kind: 'permanent'; readonly winner: VariantKey };

interface EndProps {
  readonly experiment: ExperimentDetail;
  readonly onChanged: () => void;
}

/** Ending a test: everybody back to what was, or everybody to one variant. Both ask once. */
export function EndActions({ experiment, onChanged }: EndProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [step, setStep] = useState<Step | null>(null);
  const { documentId, state, variants, winner } = experiment;
  const end = useCrmMutation(answerSchema, (wish: Step) => ({
    method: 'POST',
    path: `/crm/experiments/${documentId}/${wish.kind}`,
    body: wish.kind === 'permanent' ? { winner: wish.winner } : {},
  }));
  const confirm = async () => {
    if (!step) return;
    const ended = await end.run(step);
    setStep(null);
    if (!ended.ok) return;
    toggleNotification({ type: 'success', message: text('experiments.end.done') });
    onChanged();
  };
  const nameOf = (key: VariantKey) => variants.find((variant) => variant.key === key)?.name ?? key;
  const others = variants.filter(({ key }) => key !== winner);
  return (
    <Flex gap={2} wrap="wrap">
      {state !== 'stopped' ? (
        <Button variant="secondary" onClick={() => setStep({ kind: 'stop' })}>
          {text('experiments.end.stop')}
        </Button>
      ) : null}
      {state !== 'permanent'
        ? others.map(({ key }) => (
            <Button
              key={key}
              variant={experiment.result?.winner === key ? 'default' : 'tertiary'}
              onClick={() => setStep({ kind: 'permanent', winner: key })}
            >
              {text('experiments.end.permanent', { letter: key.toUpperCase() })}
            </Button>
          ))
        : null}
      <ConfirmDialog
        open={step !== null}
        onOpenChange={(open) => {
          if (!open) setStep(null);
        }}
        title={text('experiments.end.title')}
        confirmLabel={
          step?.kind === 'permanent'
            ? text('experiments.end.permanent', { letter: step.winner.toUpperCase() })
            : text('experiments.end.stop')
        }
        onConfirm={() => void confirm()}
        isRunning={end.isRunning}
      >
        {step?.kind === 'permanent'
          ? text('experiments.end.permanent-body', { name: nameOf(step.winner) })
          : text('experiments.end.stop-body', { name: nameOf('a') })}
      </ConfirmDialog>
    </Flex>
  );
}
