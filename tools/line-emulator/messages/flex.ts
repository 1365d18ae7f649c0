import { z } from 'zod';
import { flexAction, flexButtonAction } from './actions';
import { colour, list, mediaUrl } from './fields';

const KEYWORDS = ['none', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl'];
const SIZES = ['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl', '3xl', '4xl', '5xl'];
const BORDERS = ['none', 'light', 'normal', 'medium', 'semi-bold', 'bold'];

const PIXELS = /^\d+(\.\d+)?px$/;
const SIGNED_PIXELS = /^-?\d+(\.\d+)?px$/;
const PERCENT = /^-?\d+(\.\d+)?%$/;

function measure(words: string[], patterns: RegExp[]) {
  const known = new Set(words);
  return z
    .string()
    .refine(
      (value) => known.has(value) || patterns.some((pattern) => pattern.test(value)),
      'invalid property',
    )
    .optional();
}

const spacing = measure(KEYWORDS, [PIXELS]);
const padding = measure(KEYWORDS, [PIXELS, PERCENT]);
const offset = measure(KEYWORDS, [SIGNED_PIXELS, PERCENT]);
const textSize = measure(SIZES, [PIXELS]);
const imageSize = measure([...SIZES, 'full'], [PIXELS, PERCENT]);
const length = measure([], [PIXELS, PERCENT]);

const ratio = z
  .string()
  .regex(/^\d+(\.\d+)?:\d+(\.\d+)?$/, 'invalid property')
  .refine((value) => {
    const [width = 0, height = 0] = value.split(':').map(Number);
    return width >= 1 && width <= 100_000 && height >= 1 && height <= width * 3;
  }, 'invalid property')
  .optional();

const placed = {
  margin: spacing,
  position: z.enum(['relative', 'absolute']).optional(),
  offsetTop: offset,
  offsetBottom: offset,
  offsetStart: offset,
  offsetEnd: offset,
};
const flex = z.number().int().min(0).optional();
const align = z.enum(['start', 'end', 'center']).optional();
const gravity = z.enum(['top', 'bottom', 'center']).optional();
const weight = z.enum(['regular', 'bold']).optional();
const fontStyle = z.enum(['normal', 'italic']).optional();
const decoration = z.enum(['none', 'underline', 'line-through']).optional();
const adjustMode = z.literal('shrink-to-fit').optional();
const scaling = z.boolean().optional();

const span = z.object({
  type: z.literal('span'),
  text: z.string().optional(),
  size: textSize,
  color: colour,
  weight,
  style: fontStyle,
  decoration,
});

const textComponent = z.object({
  type: z.literal('text'),
  text: z.string().optional(),
  contents: z.array(span).optional(),
  flex,
  size: textSize,
  align,
  gravity,
  color: colour,
  weight,
  style: fontStyle,
  decoration,
  wrap: z.boolean().optional(),
  lineSpacing: measure([], [PIXELS]),
  maxLines: z.number().int().min(0).optional(),
  action: flexAction.optional(),
  adjustMode,
  scaling,
  ...placed,
});

const button = z.object({
  type: z.literal('button'),
  action: flexButtonAction,
  flex,
  color: colour,
  style: z.enum(['primary', 'secondary', 'link']).optional(),
  gravity,
  height: z.enum(['md', 'sm']).optional(),
  adjustMode,
  scaling,
  ...placed,
});

const image = z.object({
  type: z.literal('image'),
  url: mediaUrl(),
  flex,
  align,
  gravity,
  size: imageSize,
  aspectRatio: ratio,
  aspectMode: z.enum(['fit', 'cover']).optional(),
  backgroundColor: colour,
  animated: z.boolean().optional(),
  action: flexAction.optional(),
  ...placed,
});

const icon = z.object({
  type: z.literal('icon'),
  url: mediaUrl(),
  size: textSize,
  aspectRatio: ratio,
  scaling,
  ...placed,
});

const separator = z.object({ type: z.literal('separator'), margin: spacing, color: colour });
const filler = z.object({ type: z.literal('filler'), flex });
/** No longer documented, still drawn. */
const spacer = z.object({ type: z.literal('spacer'), size: spacing });

const background = z.object({
  type: z.literal('linearGradient'),
  angle: z.string().regex(/^\d+(\.\d+)?deg$/, 'invalid property'),
  startColor: z.string(),
  endColor: z.string(),
  centerColor: colour,
  centerPosition: measure([], [PERCENT]),
});

const boxFields = {
  type: z.literal('box'),
  layout: z.enum(['horizontal', 'vertical', 'baseline']),
  flex,
  spacing,
  backgroundColor: colour,
  borderColor: colour,
  borderWidth: measure(BORDERS, [PIXELS]),
  cornerRadius: measure(KEYWORDS, [PIXELS]),
  width: length,
  maxWidth: length,
  height: length,
  maxHeight: length,
  paddingAll: padding,
  paddingTop: padding,
  paddingBottom: padding,
  paddingStart: padding,
  paddingEnd: padding,
  action: flexAction.optional(),
  justifyContent: z
    .enum(['center', 'flex-start', 'flex-end', 'space-between', 'space-around', 'space-evenly'])
    .optional(),
  alignItems: z.enum(['center', 'flex-start', 'flex-end']).optional(),
  background: background.optional(),
  ...placed,
};

const box: z.ZodType = z.lazy(() => z.object({ ...boxFields, contents: z.array(component) }));

const component: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ ...boxFields, contents: z.array(component) }),
    button,
    image,
    icon,
    textComponent,
    span,
    separator,
    filler,
    spacer,
  ]),
);

const video = z.object({
  type: z.literal('video'),
  url: mediaUrl(),
  previewUrl: mediaUrl(),
  altContent: component,
  aspectRatio: ratio,
  action: flexAction.optional(),
});

const hero: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ ...boxFields, contents: z.array(component) }),
    image,
    video,
  ]),
);

const blockStyle = z
  .object({
    backgroundColor: colour,
    separator: z.boolean().optional(),
    separatorColor: colour,
  })
  .optional();

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');

const bubbleObject = z.object({
  type: z.literal('bubble'),
  size: z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga']).optional(),
  direction: z.enum(['ltr', 'rtl']).optional(),
  header: box.optional(),
  hero: hero.optional(),
  body: box.optional(),
  footer: box.optional(),
  styles: z
    .object({ header: blockStyle, hero: blockStyle, body: blockStyle, footer: blockStyle })
    .optional(),
  action: flexAction.optional(),
});

const BUBBLE_BYTES = 30 * 1024;
const CAROUSEL_BYTES = 50 * 1024;

const carousel = z.object({
  type: z.literal('carousel'),
  contents: list(bubbleObject, 1, 12),
});

/** What stands in `contents` of a Flex Message. */
export const flexContainer = z
  .discriminatedUnion('type', [bubbleObject, carousel])
  .superRefine((container, context) => {
    const bubbles = container.type === 'carousel' ? container.contents : [container];
    bubbles.forEach((bubble, place) => {
      if (bytesOf(bubble) <= BUBBLE_BYTES) return;
      const path = container.type === 'carousel' ? ['contents', place] : [];
      context.addIssue({ code: 'custom', path, message: 'Size of a bubble must be up to 30 KB' });
    });
    if (container.type === 'carousel' && bytesOf(container) > CAROUSEL_BYTES) {
      context.addIssue({ code: 'custom', message: 'Size of a carousel must be up to 50 KB' });
    }
  });
