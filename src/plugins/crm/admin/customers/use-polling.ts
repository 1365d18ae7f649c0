import { useEffect } from 'react';

const POLL_MS = 1000;

/** Asks again every second while something is under way. */
export function usePolling(isUnderWay: boolean, refetch: () => void): void {
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(refetch, POLL_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, refetch]);
}
