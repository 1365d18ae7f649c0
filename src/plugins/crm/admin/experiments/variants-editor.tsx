import {
  Box,
  Button,
  Field,
  Flex,
  Grid,
  IconButton,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';

import { testablePagesSchema, type TestablePage } from '../../shared/experiments';
import { ErrorState, Panel, useCrmQuery, useFormat, useNames } from '../ui';
import { withKeys, type Draft } from './draft';
import { useText } from './text';

type Variant = Draft['variants'][number];

interface VariantsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const MOST = 4;

export function VariantsEditor({ draft, onChange }: VariantsProps) {
  const text = useText();
  const ofPages = draft.pageType !== null;
  const pages = useCrmQuery(testablePagesSchema, ofPages ? '/crm/experiments/pages' : null);
  const { variants } = draft;
  const set = (next: readonly Variant[]) => onChange({ variants: withKeys(next) });
  const add = () => set([...variants, { key: 'd', name: '', weight: 1 }]);
  const addButton =
    variants.length < MOST ? (
      <Button variant="tertiary" size="S" startIcon={<Plus />} onClick={add}>
        {text('experiments.variant.add')}
      </Button>
    ) : undefined;
  return (
    <Panel title={text('experiments.form.variants')} action={addButton}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <KindChoice draft={draft} onChange={onChange} />
        {pages.error ? <ErrorState error={pages.error} onRetry={pages.refetch} /> : null}
        {variants.map((variant, index) => (
          <VariantRow
            key={variant.key}
            variant={variant}
            share={variant.weight / variants.reduce((sum, { weight }) => sum + weight, 0)}
            pages={ofPages ? (pages.data?.data ?? []) : null}
            onChange={(next, pageType) => {
              // All pages of a test are of one type: another type starts the choice over.
              const isOther = pageType !== undefined && pageType !== draft.pageType;
              const kept = isOther ? variants.map(withoutPage) : variants;
              onChange({
                variants: withKeys(kept.map((other, at) => (at === index ? next : other))),
                ...(pageType ? { pageType } : {}),
              });
            }}
            onRemove={index >= 2 ? () => set(variants.filter((_, at) => at !== index)) : undefined}
          />
        ))}
      </Flex>
    </Panel>
  );
}

const withoutPage = ({ documentId: _, ...variant }: Variant): Variant => variant;

/** Stands for "of pages" until the first page was chosen. */
const ANY_PAGE = 'any';

function KindChoice({ draft, onChange }: VariantsProps) {
  const text = useText();
  const kind = draft.pageType === null ? 'blocks' : 'pages';
  return (
    <Field.Root hint={text(`experiments.kind.${kind}-hint`)}>
      <Field.Label>{text('experiments.column.kind')}</Field.Label>
      <SingleSelect
        value={kind}
        onChange={(value: string | number) =>
          onChange({
            pageType: value === 'pages' ? ANY_PAGE : null,
            variants: draft.variants.map(withoutPage),
          })
        }
      >
        <SingleSelectOption value="blocks">{text('experiments.kind.blocks')}</SingleSelectOption>
        <SingleSelectOption value="pages">{text('experiments.kind.pages')}</SingleSelectOption>
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}

interface RowProps {
  readonly variant: Variant;
  readonly share: number;
  readonly pages: readonly TestablePage[] | null;
  readonly onChange: (variant: Variant, pageType?: string) => void;
  readonly onRemove: (() => void) | undefined;
}

function VariantRow({ variant, share, pages, onChange, onRemove }: RowProps) {
  const text = useText();
  const format = useFormat();
  const letter = variant.key.toUpperCase();
  return (
    <Box tag="fieldset" borderWidth={0} padding={0}>
      <Flex tag="legend" justifyContent="space-between" width="100%" paddingBottom={2}>
        <Typography variant="sigma">{text('experiments.variant.title', { letter })}</Typography>
        {onRemove ? (
          <IconButton label={text('experiments.variant.remove', { letter })} onClick={onRemove}>
            <Trash />
          </IconButton>
        ) : null}
      </Flex>
      <Grid.Root gap={4}>
        <Grid.Item col={8} xs={12} direction="column" alignItems="stretch">
          <Field.Root required>
            <Field.Label>{text('experiments.variant.name')}</Field.Label>
            <TextInput
              value={variant.name}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                onChange({ ...variant, name: event.target.value })
              }
            />
          </Field.Root>
        </Grid.Item>
        <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
          <Field.Root hint={text('experiments.variant.share', { share: format.percent(share) })}>
            <Field.Label>{text('experiments.variant.weight')}</Field.Label>
            <NumberInput
              value={variant.weight}
              onValueChange={(weight) => onChange({ ...variant, weight: Math.max(1, weight ?? 1) })}
            />
            <Field.Hint />
          </Field.Root>
        </Grid.Item>
        {pages ? <PageChoice variant={variant} pages={pages} onChange={onChange} /> : null}
      </Grid.Root>
    </Box>
  );
}

function PageChoice({ variant, pages, onChange }: Omit<RowProps, 'share' | 'onRemove'>) {
  const text = useText();
  const names = useNames();
  return (
    <Grid.Item col={12} xs={12} direction="column" alignItems="stretch">
      <Field.Root required>
        <Field.Label>{text('experiments.variant.page')}</Field.Label>
        <SingleSelect
          value={variant.documentId ?? ''}
          placeholder={text('experiments.variant.page-choose')}
          onChange={(value: string | number) => {
            const page = pages?.find(({ documentId }) => documentId === value);
            if (page) onChange({ ...variant, documentId: page.documentId }, page.uid);
          }}
        >
          {(pages ?? []).map(({ documentId, title, type }) => (
            <SingleSelectOption key={documentId} value={documentId}>
              {`${title} · ${names.type(type)}`}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Grid.Item>
  );
}
