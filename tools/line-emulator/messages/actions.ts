import { z } from 'zod';
import { graphemes, linkUri, optionalText, text } from './fields';

/** Where an action stands decides whether it needs a label and how long that may be. */
export interface LabelRule {
  maximum: number;
  required: boolean;
}

const DATE_TIME = {
  date: /^(19|20)\d{2}-\d{2}-\d{2}$|^2100-\d{2}-\d{2}$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  datetime: /^((19|20)\d{2}|2100)-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):[0-5]\d$/,
};

const limits = { data: 300, displayText: 300, messageText: 300, clipboard: 1000 };

function datetimePicker(label: z.ZodType) {
  const moment = z.string().optional();
  return z
    .object({
      type: z.literal('datetimepicker'),
      label,
      data: text(limits.data),
      mode: z.enum(['date', 'time', 'datetime']),
      initial: moment,
      max: moment,
      min: moment,
    })
    .superRefine((action, context) => {
      for (const field of ['initial', 'max', 'min'] as const) {
        const value = action[field];
        if (value !== undefined && !DATE_TIME[action.mode].test(value)) {
          context.addIssue({ code: 'custom', path: [field], message: 'invalid property' });
        }
      }
    });
}

/** Every kind of action, with the label rule of the place it stands in. */
export function actionSchema(rule: LabelRule) {
  const full = graphemes(rule.maximum);
  const label = rule.required ? full : full.optional();
  return z.discriminatedUnion('type', [
    z.object({
      type: z.literal('postback'),
      label,
      data: text(limits.data),
      displayText: graphemes(limits.displayText).optional(),
      text: graphemes(limits.displayText).optional(),
      inputOption: z
        .enum(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])
        .optional(),
      fillInText: graphemes(300).optional(),
    }),
    z.object({ type: z.literal('message'), label, text: graphemes(limits.messageText) }),
    z.object({
      type: z.literal('uri'),
      label,
      uri: linkUri(),
      altUri: z.object({ desktop: linkUri().optional() }).optional(),
    }),
    datetimePicker(label),
    z.object({
      type: z.literal('richmenuswitch'),
      label: full.optional(),
      richMenuAliasId: z.string().regex(/^[a-z0-9_-]{1,32}$/, 'invalid property'),
      data: optionalText(limits.data),
    }),
    z.object({ type: z.literal('clipboard'), label, clipboardText: text(limits.clipboard) }),
    z.object({ type: z.literal('camera'), label: full }),
    z.object({ type: z.literal('cameraRoll'), label: full }),
    z.object({ type: z.literal('location'), label: full }),
  ]);
}

/** Buttons of templates and quick replies. */
export const labelledAction = actionSchema({ maximum: 20, required: true });
/** Tappable areas without a caption of their own. */
export const silentAction = actionSchema({ maximum: 20, required: false });
/** Pictures of an image carousel. */
export const imageCarouselAction = actionSchema({ maximum: 12, required: false });
/** Boxes, texts and pictures of a Flex Message. */
export const flexAction = actionSchema({ maximum: 40, required: false });
/** Buttons of a Flex Message. */
export const flexButtonAction = actionSchema({ maximum: 40, required: true });
