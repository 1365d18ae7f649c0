import { MAX_ALT_TEXT, textFaults, type Check } from './fault';

export const template: Check = (path, message) =>
  textFaults(`${path}.altText`, message.altText, MAX_ALT_TEXT);
