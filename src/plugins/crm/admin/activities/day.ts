/** Calendar days, YYYY-MM-DD, as tasks have them. */

/** An instant of that day in Japan and elsewhere, for formatters that want an instant. */
export const noonOf = (day: string): string => `${day}T03:00:00Z`;

export type Urgency = 'overdue' | 'today' | 'later';

export function urgencyOf(dueOn: string | null, today: string): Urgency {
  if (dueOn === null || dueOn > today) return 'later';
  return dueOn === today ? 'today' : 'overdue';
}
