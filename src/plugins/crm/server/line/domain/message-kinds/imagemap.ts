import {
  isRecord,
  listOf,
  MAX_ALT_TEXT,
  mediaFaults,
  textFaults,
  type Check,
  type MessageFault,
} from './fault';

const MAX_ACTIONS = 50;
const MAX_SAID = 400;

/** A place to tap that lies beside the picture: more of them than the layout has fields. */
function actionFaults(path: string, action: unknown, height: number): MessageFault[] {
  if (!isRecord(action)) return [{ path, code: 'empty' }];
  const area = isRecord(action.area) ? action.area : {};
  const outside = Number(area.y) + Number(area.height) > height;
  return [
    ...(outside ? [{ path: `${path}.area`, code: 'outside' as const }] : []),
    ...(action.type === 'message' ? textFaults(`${path}.text`, action.text, MAX_SAID) : []),
  ];
}

export const imagemap: Check = (path, message) => {
  const { baseUrl, altText, baseSize } = message;
  const actions = listOf(message.actions);
  const height = isRecord(baseSize) ? Number(baseSize.height) : 0;
  return [
    ...mediaFaults(`${path}.baseUrl`, baseUrl),
    ...textFaults(`${path}.altText`, altText, MAX_ALT_TEXT),
    ...(actions.length > MAX_ACTIONS
      ? [{ path: `${path}.actions`, code: 'too-many' as const, limit: MAX_ACTIONS }]
      : []),
    ...actions.flatMap((action, index) =>
      actionFaults(`${path}.actions[${index}]`, action, height),
    ),
  ];
};
