import { textFaults, type Check } from './fault';

const MAX_TEXT = 5000;

export const text: Check = (path, message) => textFaults(`${path}.text`, message.text, MAX_TEXT);
