/**
 * Threads of ours step back behind the one that answers requests. To be called inside such a thread.
 * Imported by its path, not through the kernel: a thread needs none of the rest.
 */
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** So much nicer than the threads that answer requests. */
const NICER = 5;
const NICEST = 19;
const LONGEST_WAIT_MS = 5_000;

/** A system that does not allow it, or has no such command, works at the same pace as before. */
function wherePossible(change: () => void): void {
  // There, 0 is this thread; elsewhere it would be the process.
  if (process.platform !== 'linux') return;
  try {
    change();
  } catch {
    // See above.
  }
}

/** Whoever asks for a page goes first; this thread still gets its part of a busy machine. */
export const stepBack = (): void =>
  wherePossible(() => os.setPriority(0, Math.min(os.getPriority(0) + NICER, NICEST)));

/**
 * Who asks for a page goes before who counts, where there are fewer cores than work. A nicer thread
 * keeps its core until the next tick (4 ms on most servers) when somebody wakes up beside it; one of
 * Linux's idle class gives it away at once. Where there is only one core, that class might wait for
 * ever behind a campaign that goes out.
 */
export function workWhenIdle(): void {
  stepBack();
  wherePossible(() => {
    if (os.availableParallelism() < 2) return;
    const thread = path.basename(readlinkSync('/proc/thread-self'));
    execFileSync('chrt', ['-i', '-p', '0', thread], { stdio: 'ignore', timeout: LONGEST_WAIT_MS });
  });
}
