const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of the site's time zone: `2026-11-22`. */
export function dayOf(instant: number, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
  formats.set(timeZone, format);
  return format.format(instant);
}
