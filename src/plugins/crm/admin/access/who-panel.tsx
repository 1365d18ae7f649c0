/** Beside the form: who may read the entry, and who sees which block, as it would be saved now. */
import { Box, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { unstable_useContentManagerContext as useContentManagerContext } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';

import { accessSchema, blockAudienceSchema, type Audience } from '../../shared/access';
import { blocksOf, ruleFieldOf, type FormSchema, type FormValues } from './form-rules';
import { missingOf } from './missing';
import { sayAccess, sayBlock } from './sentence';
import { storedValue } from './stored-value';
import { useText } from './text';
import { useSpeaker } from './use-choices';

type KnowingSpeaker = ReturnType<typeof useSpeaker>;

/** A panel of the Content Manager is a hook that returns what it shows, or null. */
export function WhoPanel({ model }: { readonly model: string }) {
  const text = useText();
  const { contentType, components } = useContentManagerContext();
  const schema = contentType as FormSchema | undefined;
  const all = components as Readonly<Record<string, FormSchema | undefined>>;
  const ruled =
    ruleFieldOf(schema, 'access') !== undefined ||
    Object.values(schema?.attributes ?? {}).some(({ type }) => type === 'dynamiczone');
  if (!ruled || !model.startsWith('api::')) return null;
  return { title: text('access.panel.title'), content: <Who schema={schema} components={all} /> };
}

interface WhoProps {
  readonly schema: FormSchema | undefined;
  readonly components: Readonly<Record<string, FormSchema | undefined>>;
}

function Who({ schema, components }: WhoProps) {
  const text = useText();
  const speaker = useSpeaker();
  const { formatMessage } = useIntl();
  const { form } = useContentManagerContext();
  const { values } = form as { values: FormValues };
  const field = ruleFieldOf(schema, 'access');
  const blocks = blocksOf(schema, components, values);
  const special = blocks.map((block, index) => ({ ...block, index })).filter(({ rule }) => rule);
  const open = blocks.length - special.length;
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={2} width="100%">
      {field !== undefined && (
        <Line
          title={text('access.panel.entry')}
          {...entryLine(speaker, storedValue(values[field]))}
        />
      )}
      {special.map(({ displayName, rule, index }) => (
        <Line
          key={index}
          title={`${index + 1}. ${formatMessage({ id: displayName, defaultMessage: displayName })}`}
          {...blockLine(speaker, rule)}
        />
      ))}
      {open > 0 && (
        <Typography tag="li" variant="pi" textColor="neutral600">
          {text(special.length > 0 ? 'access.panel.rest' : 'access.panel.all', { count: open })}
        </Typography>
      )}
    </Flex>
  );
}

interface LineText {
  readonly sentence: string;
  readonly warning?: string;
}

function entryLine(speaker: KnowingSpeaker, stored: unknown): LineText {
  if (stored === null) return { sentence: sayAccess(speaker, null) };
  const access = accessSchema.safeParse(stored);
  if (!access.success) return { sentence: '', warning: speaker.text('access.broken') };
  return { sentence: sayAccess(speaker, access.data), ...warn(speaker, access.data.audience) };
}

function blockLine(speaker: KnowingSpeaker, stored: unknown): LineText {
  const block = blockAudienceSchema.safeParse(stored);
  if (!block.success) return { sentence: '', warning: speaker.text('access.broken') };
  return { sentence: sayBlock(speaker, block.data), ...warn(speaker, block.data.audience) };
}

/** Something the rule names was deleted: nobody is in it any more. */
function warn(speaker: KnowingSpeaker, audience: Audience): Pick<LineText, 'warning'> {
  if (!speaker.loaded) return {};
  const kinds = [...new Set(missingOf(audience, speaker.choices).map(({ kind }) => kind))];
  if (kinds.length === 0) return {};
  return { warning: kinds.map((kind) => speaker.text(`access.missing.${kind}`)).join(' ') };
}

function Line({ title, sentence, warning }: LineText & { readonly title: string }) {
  return (
    <Box tag="li" paddingBottom={2} borderColor="neutral150" borderWidth="0 0 1px 0">
      <Typography variant="pi" fontWeight="semiBold" tag="p" textColor="neutral800">
        {title}
      </Typography>
      {sentence && (
        <Typography variant="pi" tag="p" textColor="neutral600">
          {sentence}
        </Typography>
      )}
      {warning && (
        <Flex gap={1} alignItems="flex-start" role="alert">
          <Box flex="none" paddingTop="2px">
            <WarningCircle fill="danger600" aria-hidden />
          </Box>
          <Typography variant="pi" textColor="danger600">
            {warning}
          </Typography>
        </Flex>
      )}
    </Box>
  );
}
