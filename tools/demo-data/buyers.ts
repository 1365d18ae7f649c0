import { createAddressBook } from './addresses';
import { drawCustomer, type DemoCustomer } from './customers';
import { createRandom } from './random';

/**
 * Made-up people for purchases that came without any: one for every customer number, in the order in
 * which the numbers appear, who joined with their first purchase.
 */
export function inventBuyers(
  purchases: readonly { customerNumber: string; orderedAt: Date }[],
  seed: number,
): DemoCustomer[] {
  const joined = new Map<string, Date>();
  for (const { customerNumber, orderedAt } of purchases) {
    const known = joined.get(customerNumber);
    if (!known || orderedAt < known) joined.set(customerNumber, orderedAt);
  }
  const random = createRandom(seed);
  const drawAddress = createAddressBook();
  return [...joined].map(([customerNumber, registeredAt], index) => {
    const span = { start: registeredAt, end: new Date(registeredAt.getTime() + 1) };
    const person = drawCustomer(random, index, drawAddress, span);
    return { ...person, customerNumber, registeredAt };
  });
}
