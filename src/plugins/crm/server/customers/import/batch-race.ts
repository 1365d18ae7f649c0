/** A batch met a change made beside it and must be done again from its first look. */
export class BatchRace extends Error {
  constructor() {
    super('The batch met a change made at the same time');
  }
}
