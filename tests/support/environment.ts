/**
 * Browser tests share one process, and `startApp` sets variables: without this, a demo that the next
 * file starts would inherit jobs that are off. Gives back a function that puts everything as it was.
 */
export function keepEnvironment(): () => void {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) delete process.env[name];
    }
    Object.assign(process.env, before);
  };
}
