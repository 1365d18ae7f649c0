/** Signs for the fields, drawn in a square of 24 with lines of 2. */
import type { MenuIcon } from '../../../shared/line-rich-menu';

export const ICONS: Readonly<Record<MenuIcon, string | null>> = {
  none: null,
  bag: '<path d="M5 8h14l1 13H4L5 8z"/><path d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>',
  card: '<rect x="2.5" y="5" width="19" height="14" rx="2"/><path d="M2.5 10h19M6 15h5"/>',
  gift: '<rect x="3" y="8" width="18" height="4"/><path d="M5 12v9h14v-9M12 8v13M12 8C9 8 7 7 7 5s3-2 5 3c2-5 5-5 5-3s-2 3-5 3z"/>',
  music:
    '<circle cx="12" cy="12" r="9.5"/><circle cx="12" cy="12" r="3"/><path d="M12 5.5A6.5 6.5 0 0 1 18.5 12"/>',
  chat: '<path d="M3 4.5h18v12H11l-5 4v-4H3v-12z"/><path d="M7.5 9h9M7.5 12.5h6"/>',
  star: '<path d="M12 2.5l2.900 6.100 6.600.8-4.900 4.600 1.300 6.600-5.900-3.300-5.900 3.300 1.300-6.600L2.5 9.400l6.600-.8L12 2.5z"/>',
  clock: '<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l4 2.5"/>',
};
