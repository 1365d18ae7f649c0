/**
 * What was worked out once for a document need not be worked out again for the next reader about
 * whom every rule on the way decides the same. The rules are asked anew each time, in the order in
 * which they were asked; only what followed from their answers is kept. Pure.
 */
import type { Ask, Decision } from './decide';

export interface Outcomes<T> {
  /** `make(ask)`, or what it made before after the same answers. It may depend on nothing else. */
  of(document: object, ask: Ask, make: (ask: Ask) => T): T;
}

interface Question<T> {
  readonly audience: unknown;
  readonly next: Map<string, Step<T>>;
}

type Step<T> = Question<T> | { readonly made: T };

/** `most` outcomes are kept at once; then all are forgotten, so that no reader can fill the memory. */
export function createOutcomes<T>(most: number): Outcomes<T> {
  let roots = new WeakMap<object, Step<T>>();
  let kept = 0;

  const keep = (document: object, asked: readonly Asked[], made: T): void => {
    if (kept >= most) {
      roots = new WeakMap();
      kept = 0;
    }
    kept += 1;
    const root = roots;
    let step = root.get(document);
    let place = (next: Step<T>): void => void root.set(document, next);
    for (const { audience, decision } of asked) {
      const question: Question<T> = step && 'next' in step ? step : { audience, next: new Map() };
      if (question !== step) place(question);
      const answer = answerOf(decision);
      step = question.next.get(answer);
      place = (next) => void question.next.set(answer, next);
    }
    place({ made });
  };

  return {
    of(document, ask, make) {
      let step = roots.get(document);
      while (step && 'next' in step) step = step.next.get(answerOf(ask(step.audience)));
      if (step) return step.made;
      const asked = new Map<unknown, Decision>();
      const made = make((audience) => {
        const known = asked.get(audience);
        if (known) return known;
        const decision = ask(audience);
        asked.set(audience, decision);
        return decision;
      });
      keep(
        document,
        [...asked].map(([audience, decision]) => ({ audience, decision })),
        made,
      );
      return made;
    },
  };
}

interface Asked {
  readonly audience: unknown;
  readonly decision: Decision;
}

/** Why it was withheld is told to the reader, so it is part of the answer. */
const answerOf = (decision: Decision): string => (decision.allow ? 'allow' : decision.reason);
