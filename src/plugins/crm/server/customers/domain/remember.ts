/**
 * A pure function of a text that remembers its last answers: names, readings and domains come again
 * and again in one file. Forgets everything when full, which costs less than telling old from new.
 */
export function remember<T>(most: number, answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const fresh = answer(text);
    // A text that is long is not a name, and not worth its memory.
    if (text.length <= 100) known.set(text, fresh);
    return fresh;
  };
}
