import { useState } from 'react';

import { Button } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';

import type { SegmentDetail } from '../../shared/segments';
import { ConfirmDialog, crmPath, useCrmMutation, useFormat } from '../ui';
import { useText } from './text';

const answerSchema = z.object({ data: z.object({ documentId: z.string() }) });

/** Asks once, in words that say what and how many. */
export function DeleteSegment({ segment }: { readonly segment: SegmentDetail }) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const [isOpen, setOpen] = useState(false);
  const remove = useCrmMutation(answerSchema, (documentId: string) => ({
    method: 'DELETE',
    path: `/crm/segments/${documentId}`,
  }));
  const confirm = async () => {
    const removed = await remove.run(segment.documentId);
    setOpen(false);
    if (!removed.ok) return;
    toggleNotification({ type: 'success', message: text('segments.delete.done') });
    navigate(crmPath('segments'));
  };
  const count = format.number(segment.memberCount);
  return (
    <>
      <Button variant="danger-light" startIcon={<Trash />} onClick={() => setOpen(true)}>
        {text('segments.form.delete')}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={text('segments.delete.title')}
        confirmLabel={text('segments.form.delete')}
        onConfirm={() => void confirm()}
        isRunning={remove.isRunning}
        variant="danger"
      >
        {text('segments.delete.body', { name: segment.name, count })}
      </ConfirmDialog>
    </>
  );
}
