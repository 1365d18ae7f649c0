import { instantOf, wallClock } from '../../shared/site-time';

/**
 * Date pickers read and write the clock of the browser. These two make the site's clock of it:
 * `wallDate` is the date that shows the site's time there, `instantOfWallDate` what it means.
 */
export function wallDate(instant: Date, timeZone: string): Date {
  const wall = wallClock(instant, timeZone);
  return new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
  );
}

export function instantOfWallDate(date: Date, timeZone: string): Date {
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [two(date.getHours()), two(date.getMinutes())].join(':');
  return new Date(instantOf(`${day}T${time}`, timeZone));
}
