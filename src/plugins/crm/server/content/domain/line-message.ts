/** Joins what the blocks bring to the messages of one LINE push, within LINE's limits. */
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

const FOOTER_BUTTONS_MAX = 3;
const ALT_TEXT = 'altText';

/**
 * In the order of the blocks: neighbours share a bubble, and a message of its own stands between.
 * Quick replies, wherever their block stands, hang on the last message.
 */
export function lineMessages(
  fragments: readonly LineFragment[],
  altText: string,
): readonly FlexComponent[] {
  const messages: FlexComponent[] = [];
  let neighbours: LineFragment[] = [];
  const close = () => {
    const contents = flexContents(neighbours.map((one) => fitFragment(one)));
    if (contents) messages.push({ type: 'flex', altText, contents });
    neighbours = [];
  };
  for (const fragment of fragments) {
    neighbours.push(fragment);
    if (!fragment.messages?.length) continue;
    close();
    messages.push(...fragment.messages.map((own) => withAltText(own, altText)));
  }
  close();
  return withQuickReplies(
    messages,
    fragments.flatMap((fragment) => fragment.quickReplies ?? []),
  );
}

/** A message that has a place for words and none of its own takes those of the campaign. */
const withAltText = (message: FlexComponent, altText: string): FlexComponent =>
  ALT_TEXT in message && !message[ALT_TEXT] ? { ...message, [ALT_TEXT]: altText } : message;

function withQuickReplies(
  messages: readonly FlexComponent[],
  items: readonly FlexComponent[],
): readonly FlexComponent[] {
  const last = messages.at(-1);
  if (!last || items.length === 0) return messages;
  const quickReply = { items: items.map((item) => fitTexts(item)) };
  return [...messages.slice(0, -1), { ...last, quickReply }];
}

const fitFragment = ({ hero, body, footer, bubbles }: LineFragment): LineFragment =>
  fitTexts(plain({ hero, body, footer, bubbles })) as LineFragment;

/** Without what is undefined, as JSON has it. */
const plain = (fragment: LineFragment): FlexValue =>
  Object.fromEntries(
    Object.entries(fragment).filter(([, part]) => part !== undefined),
  ) as FlexValue;

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
