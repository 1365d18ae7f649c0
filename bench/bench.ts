/** What a bench is. One file each, listed in `table.ts`. */

/** One timed run of one side. */
export interface Outcome {
  /** How much was done: messages, requests, counts. The figure is this per second. */
  readonly amount: number;
  /** What came out; the harness compares it with the other side's before it times anything. */
  readonly answer: unknown;
  /** When the side must not count set-up: how long the measured part took. */
  readonly seconds?: number;
}

export type Side = () => Promise<Outcome>;

/** A figure beside the ratios, and whether it is as it must be. */
export interface Remark {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** At most this. */
  readonly most?: number;
}

/** A bench whose data is in place. */
export interface ReadyBench {
  /** What we built. */
  readonly ours: Side;
  /** What it is measured against: the same answer by the obvious or the best known means. */
  readonly twin: Side;
  /** Further comparisons that are printed beside, by what they are. */
  readonly others?: Readonly<Record<string, Side>>;
  /** Said after the last round: memory, latencies, what a ratio does not tell. */
  readonly remarks?: () => Promise<readonly Remark[]>;
  /** Why two answers are not the same, or null. Without it they must be deeply equal. */
  readonly differ?: (ours: unknown, other: unknown) => string | null;
  readonly close: () => Promise<void>;
}

/** What the command line says about the data. */
export interface BenchOptions {
  readonly database: 'sqlite' | 'postgres';
  /** How many customers the large shop has; a million unless somebody develops a bench. */
  readonly people: number;
}

export interface Bench {
  readonly name: string;
  readonly description: string;
  /** Unit of the figures, for example `messages/s`. More is better. */
  readonly unit: string;
  /** The ratio that must be reached. */
  readonly reach: number;
  /** Ratios that must be reached against `others`, by their names. */
  readonly reachOthers?: Readonly<Record<string, number>>;
  /** Units a second that the median of our runs must reach, where that is asked on this database. */
  readonly reachFigure?: (options: BenchOptions) => number | undefined;
  /** Timed rounds after the warm-up; five at least. */
  readonly rounds?: number;
  /** Builds the data and starts what is measured; `log` writes progress for a person. */
  readonly prepare: (log: (line: string) => void, options: BenchOptions) => Promise<ReadyBench>;
}
