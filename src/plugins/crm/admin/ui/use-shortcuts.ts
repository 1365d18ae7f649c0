import { useEffect, useRef, type RefObject } from 'react';

export interface Shortcuts {
  /** `/` anywhere outside a field: the search box. */
  readonly search?: RefObject<HTMLInputElement | null>;
  /** Esc. */
  readonly close?: () => void;
  /** Cmd+Enter or Ctrl+Enter. */
  readonly save?: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const isSave = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && (event.metaKey || event.ctrlKey);

function handle(event: KeyboardEvent, { search, close, save }: Shortcuts): void {
  // Enter and Esc also end the conversion of Japanese input; then they are not ours.
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === 'Escape') close?.();
  if (isSave(event)) save?.();
  const box = search?.current;
  if (event.key !== '/' || !box || isTyping(event.target)) return;
  event.preventDefault();
  box.focus();
}

/** The same keys on every screen: `/` search, Esc close, Cmd/Ctrl+Enter save. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(event, latest.current);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
