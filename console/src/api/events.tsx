import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Banner, ConsoleEvent, Seal, Warning } from '../../../src/api/contract.ts';

interface Heard {
  readonly revision: number;
  readonly banner?: Banner | undefined;
  readonly warnings: readonly Warning[];
  /** While the KMS keys cannot be used. */
  readonly seal?: Seal | undefined;
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
  const heard = { ...before, revision: event.revision, connected: true };
  switch (event.kind) {
    case 'hello':
      return { ...heard, warnings: event.warnings, banner: event.banner, seal: event.seal };
    case 'banner':
      return { ...heard, banner: event.banner };
    case 'seal':
      return { ...heard, seal: event.seal };
    case 'assessed':
      return { ...heard, warnings: event.warnings };
    default:
      return heard;
  }
}

export function useRevision(): number {
  return useContext(EventsContext).revision;
}

export function useEvents(): Heard {
  return useContext(EventsContext);
}
