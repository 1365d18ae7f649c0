/** A picture with places to tap: one message on LINE, a picture and its links elsewhere. */
import type { BlockContext, BlockData, FlexComponent } from '../../../shared/content';
import { audience, fileOf, FULL_WIDTH, partsOf, textOf, type BlockKind } from './kind';

type Part = Readonly<Record<string, unknown>>;

/** Columns and rows; places are counted as one reads. */
const GRIDS: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  whole: [1, 1],
  columns2: [2, 1],
  columns3: [3, 1],
  rows2: [1, 2],
  rows3: [1, 3],
  grid4: [2, 2],
  grid6: [3, 2],
};

/** A place after the last lies below the picture, which LINE's limits then say. */
function areaOf(layout: string, height: number, place: number) {
  const [columns, rows] = GRIDS[layout] ?? [1, 1];
  const [column, row] = [place % columns, Math.floor(place / columns)];
  const at = (whole: number, part: number, parts: number) => Math.round((whole * part) / parts);
  const [x, y] = [at(FULL_WIDTH, column, columns), at(height, row, rows)];
  return {
    x,
    y,
    width: at(FULL_WIDTH, column + 1, columns) - x,
    height: at(height, row + 1, rows) - y,
  };
}

const labelled = (part: Part): Record<string, string> => {
  const label = textOf(part, 'label');
  return label === '' ? {} : { label };
};

type ActionOf = (part: Part, context: BlockContext, place: number) => Record<string, string> | null;

/** What a tap does, by the value of `action`. */
const ACTIONS: Readonly<Record<string, ActionOf>> = {
  uri: (part, context, place) => ({
    type: 'uri',
    linkUri: context.link(textOf(part, 'url'), `area-${place}`),
    ...labelled(part),
  }),
  message: (part) => ({ type: 'message', text: textOf(part, 'text'), ...labelled(part) }),
  // A part of the picture that is only looked at.
  none: () => null,
};

function actionsOf(block: BlockData, height: number, context: BlockContext) {
  const layout = textOf(block, 'layout');
  return partsOf(block, 'areas').flatMap((part, place) => {
    const action = ACTIONS[textOf(part, 'action')]?.(part, context, place) ?? null;
    return action ? [{ ...action, area: areaOf(layout, height, place) }] : [];
  });
}

interface Link {
  readonly label: string;
  readonly address: string;
}

/** The places that lead somewhere, for channels without taps on a picture. */
const linksOf = (block: BlockData, context: BlockContext): readonly Link[] =>
  partsOf(block, 'areas').flatMap((part, place) => {
    const url = textOf(part, 'url');
    if (textOf(part, 'action') !== 'uri' || url === '') return [];
    const label = textOf(part, 'label') || textOf(block, 'alt') || url;
    return [{ label, address: context.link(url, `area-${place}`) }];
  });

const heightOf = ({ width, height }: { width?: number | null; height?: number | null }): number =>
  width && height ? Math.max(1, Math.round((FULL_WIDTH * height) / width)) : FULL_WIDTH;

function message(block: BlockData, context: BlockContext): FlexComponent | null {
  const image = fileOf(block, 'image');
  if (!image) return null;
  const height = heightOf(image);
  return {
    type: 'imagemap',
    baseUrl: context.sizedPicture(image.url),
    altText: textOf(block, 'alt'),
    baseSize: { width: FULL_WIDTH, height },
    actions: actionsOf(block, height, context),
  };
}

export const imagemap: BlockKind = {
  schema: {
    collectionName: 'components_crm_imagemaps',
    info: { displayName: 'Picture to tap', icon: 'picture' },
    options: {},
    attributes: {
      image: { type: 'media', multiple: false, allowedTypes: ['images'], required: true },
      alt: { type: 'string', required: true, maxLength: 1500 },
      layout: {
        type: 'enumeration',
        enum: Object.keys(GRIDS),
        default: 'whole',
        required: true,
        pluginOptions: { crm: { choices: 'imagemap.layout' } },
      },
      areas: { type: 'component', component: 'crm.tap-area', repeatable: true, max: 6 },
      audience,
    },
  },
  renderers: {
    web(block, context) {
      const image = fileOf(block, 'image');
      if (!image) return '';
      const { html } = context;
      const links = linksOf(block, context)
        .map(({ label, address }) => `<li><a href="${html(address)}">${html(label)}</a></li>`)
        .join('');
      return `<figure class="figure"><img src="${html(context.url(image.url))}" alt="${html(textOf(block, 'alt'))}" width="${FULL_WIDTH}" height="${heightOf(image)}" loading="lazy">${links ? `<figcaption><ul>${links}</ul></figcaption>` : ''}</figure>`;
    },
    email(block, context) {
      const image = fileOf(block, 'image');
      if (!image) return '';
      const { html } = context;
      const links = linksOf(block, context);
      const [first] = links;
      const href = first && links.length === 1 ? ` href="${html(first.address)}"` : '';
      const buttons = links.map(
        ({ label, address }) => `<mj-button href="${html(address)}">${html(label)}</mj-button>`,
      );
      const source = html(`${context.sizedPicture(image.url)}/${FULL_WIDTH}`);
      return `<mj-section padding="8px 0 24px"><mj-column><mj-image padding="0 24px 12px" src="${source}" alt="${html(textOf(block, 'alt'))}"${href} />${buttons.join('')}</mj-column></mj-section>`;
    },
    line(block, context) {
      const made = message(block, context);
      return made ? { messages: [made] } : {};
    },
    text: (block, context) =>
      [
        textOf(block, 'alt'),
        ...linksOf(block, context).map(({ label, address }) => `${label}\n${address}`),
      ].join('\n'),
  },
};

/** What one place does; places are counted from the top left. */
export const tapArea = {
  collectionName: 'components_crm_tap_areas',
  info: { displayName: 'Place to tap', icon: 'cursor' },
  options: {},
  attributes: {
    label: { type: 'string', maxLength: 100 },
    action: {
      type: 'enumeration',
      enum: ['uri', 'message', 'none'],
      pluginOptions: { crm: { choices: 'tap.action' } },
      default: 'uri',
      required: true,
    },
    url: { type: 'string', maxLength: 1000 },
    text: { type: 'string', maxLength: 400 },
  },
} as const;
