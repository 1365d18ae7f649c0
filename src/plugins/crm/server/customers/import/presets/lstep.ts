import type { ImportPreset } from './preset';

/** The friends' list of Lステップ. Its ID is its own number of a friend, not that of LINE. */
export const lstep: ImportPreset = {
  name: 'Lステップ',
  telltales: ['ID', '表示名', 'LINE登録名'],
  columns: {
    ID: 'customerNumber',
    本名: 'fullName',
    個別メモ: 'note',
    友だち追加日時: 'registeredAt',
  },
};
