/**
 * Brings the first field that was refused into sight and puts the cursor there: on a phone the
 * button that saves is a long way below it. A dialog's fields come before those behind it.
 */
export function showFirstProblem(): void {
  const place = document.querySelector('[role="dialog"]') ?? document;
  const field = place.querySelector<HTMLElement>('[aria-invalid="true"]');
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: 'center' });
}
