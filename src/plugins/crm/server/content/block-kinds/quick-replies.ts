/** Buttons below the last message on LINE; the other channels have nothing of the kind. */
import { SAID_PREFIX } from '../../../shared/line';
import type { BlockContext, BlockData, FlexComponent } from '../../../shared/content';
import { audience, fileOf, partsOf, textOf, type BlockKind } from './kind';

type Part = Readonly<Record<string, unknown>>;

type ActionOf = (part: Part, context: BlockContext, key: string) => FlexComponent;

/** What a tap does, by the value of `action`. */
const ACTIONS: Readonly<Record<string, ActionOf>> = {
  // It stands in the conversation as if she had typed it.
  message: (part) => ({
    type: 'message',
    label: textOf(part, 'label'),
    text: textOf(part, 'text') || textOf(part, 'label'),
  }),
  uri: (part, context, key) => ({
    type: 'uri',
    label: textOf(part, 'label'),
    uri: context.link(textOf(part, 'url'), key),
  }),
  // She sees the label; what was meant is answered by the automatic replies.
  postback: (part) => ({
    type: 'postback',
    label: textOf(part, 'label'),
    data: `${SAID_PREFIX}${textOf(part, 'text') || textOf(part, 'label')}`,
    displayText: textOf(part, 'label'),
  }),
};

function itemOf(part: Part, context: BlockContext, place: number): FlexComponent {
  const action = ACTIONS[textOf(part, 'action')] ?? ACTIONS.message;
  const icon = fileOf(part as BlockData, 'icon');
  return {
    type: 'action',
    ...(icon && { imageUrl: `${context.sizedPicture(icon.url)}/240.png` }),
    ...(action && { action: action(part, context, `reply-${place}`) }),
  };
}

export const quickReplies: BlockKind = {
  schema: {
    collectionName: 'components_crm_quick_replies',
    info: { displayName: 'LINE quick replies', icon: 'message' },
    options: {},
    attributes: {
      items: {
        type: 'component',
        component: 'crm.quick-reply',
        repeatable: true,
        required: true,
        min: 1,
        max: 13,
      },
      audience,
    },
  },
  renderers: {
    web: () => '',
    email: () => '',
    text: () => '',
    line: (block, context) => ({
      quickReplies: partsOf(block, 'items').map((part, place) => itemOf(part, context, place)),
    }),
  },
};

/** One button. */
export const quickReply = {
  collectionName: 'components_crm_quick_reply_items',
  info: { displayName: 'Quick reply', icon: 'message' },
  options: {},
  attributes: {
    label: { type: 'string', required: true, maxLength: 20 },
    action: {
      type: 'enumeration',
      enum: ['message', 'uri', 'postback'],
      pluginOptions: { crm: { choices: 'tap.action' } },
      default: 'message',
      required: true,
    },
    text: { type: 'string', maxLength: 250 },
    url: { type: 'string', maxLength: 1000 },
    icon: { type: 'media', multiple: false, allowedTypes: ['images'] },
  },
} as const;
