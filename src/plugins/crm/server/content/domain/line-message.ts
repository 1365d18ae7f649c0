/** Joins what the blocks bring to one LINE Flex message, within LINE's limits. */
import type { FlexComponent, FlexValue, LineFragment } from '../../../shared/content';
import {
  BUBBLE_BYTES_MAX,
  CAROUSEL_BUBBLES_MAX,
  CAROUSEL_BYTES_MAX,
  cutGraphemes,
  cutUnits,
  jsonBytes,
  LABEL_GRAPHEMES_MAX,
  TEXT_MAX,
} from './line-limits';

export interface FlexMessage {
  readonly type: 'flex';
  readonly altText: string;
  readonly contents: FlexComponent;
}

const FOOTER_BUTTONS_MAX = 3;

/** The first bubble holds all blocks; bubbles of their own follow in the same carousel. */
export function flexContents(fragments: readonly LineFragment[]): FlexComponent | null {
  const main = mainBubble(fragments);
  const own = fragments.flatMap((fragment) => fragment.bubbles ?? []);
  const bubbles = [...(main ? [main] : []), ...own.map(fitBubble)].slice(0, CAROUSEL_BUBBLES_MAX);
  if (bubbles.length <= 1) return bubbles[0] ?? null;
  return fitCarousel(bubbles);
}

function mainBubble(fragments: readonly LineFragment[]): FlexComponent | null {
  const hero = fragments.find((fragment) => fragment.hero)?.hero;
  const body = fragments.flatMap((fragment) => fragment.body ?? []);
  const footer = fragments
    .flatMap((fragment) => fragment.footer ?? [])
    .slice(0, FOOTER_BUTTONS_MAX);
  if (!hero && body.length === 0 && footer.length === 0) return null;
  return fitBubble({
    type: 'bubble',
    ...(hero ? { hero } : {}),
    ...(body.length > 0 ? { body: box(body, 'md') } : {}),
    ...(footer.length > 0 ? { footer: box(footer, 'sm') } : {}),
  });
}

const box = (contents: readonly FlexComponent[], spacing: string): FlexComponent => ({
  type: 'box',
  layout: 'vertical',
  spacing,
  contents,
});

/** Drops components from the end of the body until the bubble is small enough. */
export function fitBubble(bubble: FlexComponent): FlexComponent {
  let fitted = bubble;
  while (jsonBytes(fitted) > BUBBLE_BYTES_MAX) {
    const body = fitted.body as FlexComponent | undefined;
    const contents = (body?.contents ?? []) as readonly FlexComponent[];
    if (!body || contents.length <= 1) return { ...fitted, body: box([], 'md') };
    fitted = { ...fitted, body: { ...body, contents: contents.slice(0, -1) } };
  }
  return fitted;
}

function fitCarousel(bubbles: readonly FlexComponent[]): FlexComponent {
  for (let count = bubbles.length; count > 1; count -= 1) {
    const carousel: FlexComponent = { type: 'carousel', contents: bubbles.slice(0, count) };
    if (jsonBytes(carousel) <= CAROUSEL_BYTES_MAX) return carousel;
  }
  return bubbles[0] ?? { type: 'bubble' };
}

/** Cuts texts and labels that grew too long once a person's own words stand in them. */
export function fitTexts(value: FlexValue, key = ''): FlexValue {
  if (typeof value === 'string') {
    if (key === 'label') return cutGraphemes(value, LABEL_GRAPHEMES_MAX);
    return key === 'text' ? cutUnits(value, TEXT_MAX) : value;
  }
  if (Array.isArray(value)) return value.map((item: FlexValue) => fitTexts(item, key));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, fitTexts(inner as FlexValue, name)]),
  );
}
