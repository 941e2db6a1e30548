import { type RefObject, useEffect, useRef } from 'react';

/**
 * Those who go by keyboard go on in what opens beside the map, and come back to where they were.
 *
 * @param open names what is open; empty while nothing is chosen
 */
export function useAsideFocus(open: string): RefObject<HTMLElement | null> {
  const aside = useRef<HTMLElement>(null);
  const origin = useRef<Element | undefined>(undefined);
  const before = useRef(open);
  const byKeys = useLastInputWasKey();
  useEffect(() => {
    if (before.current === open) return;
    before.current = open;
    const focused = document.activeElement;
    const lost = byKeys.current && (focused === null || focused === document.body);
    if (open === '') {
      if (lost && origin.current instanceof HTMLElement) origin.current.focus();
      origin.current = undefined;
      return;
    }
    const byKeyboard = focused?.matches(':focus-visible') && !aside.current?.contains(focused);
    if (byKeyboard && focused) origin.current = focused;
    if (byKeyboard || lost) aside.current?.focus();
  }, [open, byKeys]);
  return aside;
}

/** Whether the reader pressed a key last, not a pointer; false before any of both. */
function useLastInputWasKey(): RefObject<boolean> {
  const byKeys = useRef(false);
  useEffect(() => {
    const note = ({ type }: Event) => {
      byKeys.current = type === 'keydown';
    };
    addEventListener('keydown', note, true);
    addEventListener('pointerdown', note, true);
    return () => {
      removeEventListener('keydown', note, true);
      removeEventListener('pointerdown', note, true);
    };
  }, []);
  return byKeys;
}
