import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import { unstable_useContentManagerContext as useContentManagerContext } from '@strapi/strapi/admin';

import { useMay } from '../ui';
import { PreviewDialog } from './preview-dialog';
import { useText } from './text';

/** What the Content Manager tells a panel about the entry that is open. */
export interface PanelProps {
  readonly model: string;
  readonly documentId?: string;
  readonly document?: { readonly documentId: string; readonly locale?: string | null };
  readonly activeTab: 'draft' | 'published' | null;
}

/** A panel is a hook that returns what it shows, or null. */
export function PreviewPanel(props: PanelProps) {
  const text = useText();
  const may = useMay('content.preview');
  if (!may || !props.model.startsWith('api::')) return null;
  return { title: text('content.panel.title'), content: <Launcher {...props} /> };
}

function Launcher({ model, document, activeTab }: PanelProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const { form, hasDraftAndPublish, layout } = useContentManagerContext();
  const { modified, values } = form as {
    modified: boolean;
    values: Readonly<Record<string, unknown>>;
  };
  const title = String(values[layout.edit.settings.mainField ?? 'title'] ?? '');
  if (!document) return <Typography variant="pi">{text('content.panel.new')}</Typography>;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} width="100%">
      <Typography variant="pi" textColor="neutral600">
        {text(modified ? 'content.panel.unsaved' : 'content.panel.hint')}
      </Typography>
      <Button variant="secondary" fullWidth startIcon={<Eye />} onClick={() => setOpen(true)}>
        {text('content.panel.open')}
      </Button>
      {isOpen && (
        <PreviewDialog
          subject={{
            uid: model,
            documentId: document.documentId,
            locale: document.locale === 'en' ? 'en' : 'ja',
          }}
          title={title}
          hasDrafts={hasDraftAndPublish}
          version={activeTab === 'published' ? 'published' : 'draft'}
          onClose={() => setOpen(false)}
        />
      )}
    </Flex>
  );
}
