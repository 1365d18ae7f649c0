/**
 * What a component without renderers of its own is made of, read from its attribute types. Each
 * channel draws pieces in its own way, so an unknown component looks sensible everywhere.
 */
export interface AttributeType {
  readonly type: string;
  readonly private?: boolean;
  readonly customField?: string;
  readonly target?: string;
  readonly component?: string;
}

export type Piece =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'rich'; readonly value: unknown }
  | { readonly kind: 'image'; readonly url: string; readonly alt: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

const TEXTS = new Set([
  'string',
  'text',
  'richtext',
  'email',
  'integer',
  'biginteger',
  'decimal',
  'float',
]);
const HEADING = /(heading|title|name)$/i;
const ADDRESS = /(url|href|link)$/i;

export function piecesOf(
  block: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, AttributeType>>,
): readonly Piece[] {
  const labels = new Set(Object.keys(attributes).filter((name) => /label$/i.test(name)));
  return Object.entries(attributes).flatMap(([name, attribute]): readonly Piece[] => {
    const value = block[name];
    const hidden = attribute.private ?? attribute.customField !== undefined;
    if (hidden || value === null || value === undefined || value === '' || labels.has(name))
      return [];
    return pieceOf(name, attribute.type, value, block);
  });
}

function pieceOf(
  name: string,
  type: string,
  value: unknown,
  block: Readonly<Record<string, unknown>>,
): readonly Piece[] {
  if (type === 'blocks') return [{ kind: 'rich', value }];
  if (type === 'media') return mediaPieces(value);
  if (type === 'relation') return relationPieces(value);
  if (!TEXTS.has(type)) return [];
  const text = String(value);
  if (ADDRESS.test(name))
    return [{ kind: 'link', url: text, label: labelBeside(name, block) ?? text }];
  return [{ kind: HEADING.test(name) ? 'heading' : 'text', text }];
}

/** `buttonUrl` → `buttonLabel`, `url` → `label`. */
function labelBeside(name: string, block: Readonly<Record<string, unknown>>): string | undefined {
  const stem = name.replace(ADDRESS, '');
  const label = block[stem === '' ? 'label' : `${stem}Label`];
  return typeof label === 'string' && label !== '' ? label : undefined;
}

interface Media {
  readonly url?: string;
  readonly mime?: string;
  readonly name?: string;
  readonly alternativeText?: string | null;
}

const many = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : [value as T]);

function mediaPieces(value: unknown): readonly Piece[] {
  return many<Media>(value).flatMap((file): readonly Piece[] => {
    if (!file?.url) return [];
    const alt = file.alternativeText ?? '';
    return file.mime?.startsWith('image/')
      ? [{ kind: 'image', url: file.url, alt }]
      : [{ kind: 'link', url: file.url, label: alt || file.name || file.url }];
  });
}

function relationPieces(value: unknown): readonly Piece[] {
  const items = many<Readonly<Record<string, unknown>>>(value)
    .map((entry) => entry?.title ?? entry?.name ?? entry?.heading)
    .filter((title): title is string => typeof title === 'string');
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}
