import { z } from 'zod';
import { imageCarouselAction, labelledAction, silentAction } from './actions';
import { colour, graphemes, list, mediaUrl } from './fields';
import { withinGraphemes } from './text-length';

const look = {
  imageAspectRatio: z.enum(['rectangle', 'square']).optional(),
  imageSize: z.enum(['cover', 'contain']).optional(),
};

interface Captioned {
  text: string;
  title?: string | undefined;
  thumbnailImageUrl?: string | undefined;
}

/** A title or a picture leaves less room for the text. */
function shorterBesideTitle(plain: number, beside: number) {
  return (value: Captioned, context: z.RefinementCtx) => {
    const maximum = value.title || value.thumbnailImageUrl ? beside : plain;
    if (withinGraphemes(value.text, maximum)) return;
    context.addIssue({
      code: 'custom',
      path: ['text'],
      message: `Length must be between 0 and ${maximum}`,
    });
  };
}

const buttons = z
  .object({
    type: z.literal('buttons'),
    thumbnailImageUrl: mediaUrl().optional(),
    imageBackgroundColor: colour,
    title: graphemes(40).optional(),
    text: graphemes(160),
    defaultAction: silentAction.optional(),
    actions: list(labelledAction, 1, 4),
    ...look,
  })
  .superRefine(shorterBesideTitle(160, 60));

const confirm = z.object({
  type: z.literal('confirm'),
  text: graphemes(240),
  actions: list(labelledAction, 2, 2),
});

const column = z
  .object({
    thumbnailImageUrl: mediaUrl().optional(),
    imageBackgroundColor: colour,
    title: graphemes(40).optional(),
    text: graphemes(120),
    defaultAction: silentAction.optional(),
    actions: list(labelledAction, 1, 3),
  })
  .superRefine(shorterBesideTitle(120, 60));

const carousel = z
  .object({ type: z.literal('carousel'), columns: list(column, 1, 10), ...look })
  .superRefine((template, context) => {
    const counts = new Set(template.columns.map((each) => each.actions.length));
    if (counts.size > 1) {
      context.addIssue({
        code: 'custom',
        path: ['columns'],
        message: 'the number of actions must be same across columns',
      });
    }
  });

const imageCarousel = z.object({
  type: z.literal('image_carousel'),
  columns: list(z.object({ imageUrl: mediaUrl(), action: imageCarouselAction }), 1, 10),
});

/** What stands in `template` of a template message. */
export const templateSchema = z.discriminatedUnion('type', [
  buttons,
  confirm,
  carousel,
  imageCarousel,
]);
