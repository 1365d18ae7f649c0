/** Beside the form of an entry: "send this article", and what became of it before. */
import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { unstable_useContentManagerContext as useContentManagerContext } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';

import { ErrorState, Skeleton, useCrmQuery, useMay } from '../ui';
import { composerOf, sourcesSchema, type Entry } from './entry-link';
import { useText } from './text';

interface PanelProps {
  readonly model: string;
  readonly document?: { readonly documentId: string; readonly locale?: string | null };
}

interface ContentType {
  readonly attributes?: Readonly<Record<string, { readonly type: string }>>;
}

/** A panel of the Content Manager is a hook that returns what it shows, or null. */
export function SendEntryPanel({ model, document }: PanelProps) {
  const text = useText();
  const may = useMay('campaigns.update');
  const { contentType } = useContentManagerContext();
  const fields = Object.values((contentType as ContentType | undefined)?.attributes ?? {});
  // As the server has it: a message is made of blocks.
  const hasBlocks = fields.some(({ type }) => type === 'dynamiczone');
  if (!may || !document || !model.startsWith('api::') || !hasBlocks) return null;
  const entry: Entry = {
    uid: model,
    documentId: document.documentId,
    locale: document.locale === 'en' ? 'en' : 'ja',
  };
  return { title: text('delivery.entry.title'), content: <SendEntry entry={entry} /> };
}

function SendEntry({ entry }: { readonly entry: Entry }) {
  const text = useText();
  const found = useCrmQuery(sourcesSchema, '/crm/campaigns/sources', entry);
  if (found.error) return <ErrorState error={found.error} onRetry={found.refetch} />;
  if (found.isLoading) return <Skeleton lines={2} height="2rem" />;
  const isPublished = (found.data?.data ?? []).length > 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} width="100%">
      <Typography variant="pi" textColor="neutral600">
        {text(isPublished ? 'delivery.entry.hint' : 'delivery.entry.unpublished')}
      </Typography>
      {isPublished ? (
        <LinkButton
          tag={NavLink}
          to={composerOf(entry)}
          variant="secondary"
          fullWidth
          startIcon={<PaperPlane />}
        >
          {text('delivery.entry.send')}
        </LinkButton>
      ) : null}
    </Flex>
  );
}
