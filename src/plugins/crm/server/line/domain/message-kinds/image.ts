import { mediaFaults, type Check } from './fault';

export const image: Check = (path, message) => [
  ...mediaFaults(`${path}.originalContentUrl`, message.originalContentUrl),
  ...mediaFaults(`${path}.previewImageUrl`, message.previewImageUrl),
];
