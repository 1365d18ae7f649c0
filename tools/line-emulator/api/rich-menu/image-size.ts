export interface ImageSize {
  width: number;
  height: number;
  contentType: 'image/png' | 'image/jpeg';
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Width and height of a PNG or JPEG, from its own bytes; null for anything else. */
export function readImageSize(bytes: Buffer): ImageSize | null {
  if (bytes.length >= 24 && bytes.subarray(0, 8).equals(PNG_SIGNATURE)) {
    return {
      width: bytes.readUInt32BE(16),
      height: bytes.readUInt32BE(20),
      contentType: 'image/png',
    };
  }
  return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 ? readJpeg(bytes) : null;
}

/** Walks the JPEG's segments to the frame header, which holds the size. */
function readJpeg(bytes: Buffer): ImageSize | null {
  let place = 2;
  while (place + 9 < bytes.length) {
    if (bytes[place] !== 0xff) return null;
    const marker = bytes[place + 1] ?? 0;
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      return {
        height: bytes.readUInt16BE(place + 5),
        width: bytes.readUInt16BE(place + 7),
        contentType: 'image/jpeg',
      };
    }
    place += 2 + bytes.readUInt16BE(place + 2);
  }
  return null;
}
