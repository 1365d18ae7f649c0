/** The buttons below a message of whatever kind. */
import { isRecord, listOf, mediaFaults, textFaults, type Check, type MessageFault } from './fault';

const MAX_ITEMS = 13;
const MAX_SAID = 300;

/** Beside the label, by the kind of action. */
const SAYS: Readonly<Record<string, string>> = { message: 'text', postback: 'data' };

function itemFaults(path: string, item: unknown): MessageFault[] {
  const { imageUrl, action } = isRecord(item) ? item : {};
  if (!isRecord(action)) return [{ path, code: 'empty' }];
  const says = SAYS[String(action.type)];
  return [
    ...(imageUrl === undefined ? [] : mediaFaults(`${path}.imageUrl`, imageUrl)),
    // Its length is cut where it is drawn, by letters as a reader counts them.
    ...textFaults(`${path}.action.label`, action.label, 200),
    ...(says ? textFaults(`${path}.action.${says}`, action[says], MAX_SAID) : []),
  ];
}

export const quickReply: Check = (path, message) => {
  const items = isRecord(message.quickReply) ? listOf(message.quickReply.items) : [];
  const at = `${path}.quickReply.items`;
  return [
    ...(items.length > MAX_ITEMS
      ? [{ path: at, code: 'too-many' as const, limit: MAX_ITEMS }]
      : []),
    ...items.flatMap((item, index) => itemFaults(`${at}[${index}]`, item)),
  ];
};
