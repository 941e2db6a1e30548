import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Banner, ConsoleEvent, Warning } from '../../../src/api/contract.ts';

interface Heard {
  readonly revision: number;
  readonly banner?: Banner;
  readonly warnings: readonly Warning[];
  readonly connected: boolean;
}

const NOTHING: Heard = { revision: 0, warnings: [], connected: true };
const EventsContext = createContext<Heard>(NOTHING);

interface EventsProps {
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

/** Listens to the server's events; everything below asks again when a new revision is announced. */
export function EventsProvider({ onSignedOut, children }: EventsProps) {
  const [heard, setHeard] = useState<Heard>(NOTHING);
  useEffect(() => {
    const source = new EventSource('/api/events');
    source.onopen = () => setHeard((before) => ({ ...before, connected: true }));
    source.onerror = () => {
      setHeard((before) => ({ ...before, connected: false }));
      if (source.readyState === EventSource.CLOSED) onSignedOut();
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as ConsoleEvent;
      if (event.kind === 'signed-out') onSignedOut();
      else setHeard((before) => next(before, event));
    };
    return () => source.close();
  }, [onSignedOut]);
  return <EventsContext value={heard}>{children}</EventsContext>;
}

function next(before: Heard, event: Exclude<ConsoleEvent, { kind: 'signed-out' }>): Heard {
  const { revision } = event;
  if (event.kind === 'hello' || event.kind === 'banner') {
    const warnings = event.kind === 'hello' ? event.warnings : before.warnings;
    return { revision, warnings, connected: true, ...(event.banner ? { banner: event.banner } : {}) };
  }
  if (event.kind === 'assessed') return { ...before, revision, warnings: event.warnings, connected: true };
  return { ...before, revision, connected: true };
}

export function useRevision(): number {
  return useContext(EventsContext).revision;
}

export function useEvents(): Heard {
  return useContext(EventsContext);
}
