import { mediaFaults, type Check } from './fault';

/** Films that LINE does not play; an address without an ending may be anything. */
const OTHER_FILMS = /\.(mov|webm|avi|mkv|wmv|flv|ogv|mpe?g|m3u8)$/i;

export const video: Check = (path, message) => {
  const at = `${path}.originalContentUrl`;
  const { originalContentUrl: address, previewImageUrl } = message;
  const faults = mediaFaults(at, address);
  const isOther =
    typeof address === 'string' &&
    URL.canParse(address) &&
    OTHER_FILMS.test(new URL(address).pathname);
  return [
    ...faults,
    ...(isOther ? [{ path: at, code: 'not-mp4' as const }] : []),
    ...mediaFaults(`${path}.previewImageUrl`, previewImageUrl),
  ];
};
