import { useState } from 'react';

import { Button } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import type { Experiment } from '../../shared/experiments';
import { ConfirmDialog, crmPath, useCrmMutation } from '../ui';
import { useText } from './text';

const answerSchema = z.object({ data: z.object({ documentId: z.string() }) });

export function DeleteDraft({ experiment }: { readonly experiment: Experiment }) {
  const text = useText();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const remove = useCrmMutation(answerSchema, () => ({
    method: 'DELETE',
    path: `/crm/experiments/${experiment.documentId}`,
  }));
  const confirm = async () => {
    const removed = await remove.run(undefined);
    setOpen(false);
    if (removed.ok) navigate(crmPath('experiments'));
  };
  return (
    <>
      <Button variant="danger-light" startIcon={<Trash />} onClick={() => setOpen(true)}>
        {text('experiments.delete')}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={text('experiments.delete.title')}
        confirmLabel={text('experiments.delete')}
        onConfirm={() => void confirm()}
        isRunning={remove.isRunning}
        variant="danger"
      >
        {text('experiments.delete.body', { name: experiment.name })}
      </ConfirmDialog>
    </>
  );
}
