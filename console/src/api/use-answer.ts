import { useCallback, useEffect, useState } from 'react';
import type { Answer, RouteName } from '../../../src/api/contract.ts';
import { ApiProblem, call, type Request } from './call.ts';
import { useRevision } from './events.tsx';

export interface Answered<Value> {
  /** The newest answer; the one before stays while a new one is on its way. */
  readonly data?: Value;
  readonly problem?: ApiProblem;
  readonly loading: boolean;
  readonly again: () => void;
}

interface Held<Value> {
  readonly key: string;
  readonly data?: Value;
  readonly problem?: ApiProblem;
}

/** Asks a GET route, and asks again whenever the server says that something changed. */
export function useAnswer<Name extends RouteName>(
  name: Name,
  request: Omit<Request<Name>, 'signal' | 'body'> = {},
  enabled = true,
): Answered<Answer<Name>> {
  const key = JSON.stringify([name, request]);
  const revision = useRevision();
  const [tries, setTries] = useState(0);
  const [held, setHeld] = useState<Held<Answer<Name>>>({ key: '' });
  const [loading, setLoading] = useState(enabled);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the request; revision and tries ask again
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    setLoading(true);
    call(name, { ...request, signal: stop.signal }).then(
      (data) => {
        setHeld({ key, data });
        setLoading(false);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (!(error instanceof ApiProblem)) throw error;
        setHeld({ key, problem: error });
        setLoading(false);
      },
    );
    return () => stop.abort();
  }, [key, enabled, revision, tries]);

  const again = useCallback(() => setTries((count) => count + 1), []);
  return {
    ...(held.data === undefined ? {} : { data: held.data }),
    ...(held.problem === undefined || held.key !== key ? {} : { problem: held.problem }),
    loading,
    again,
  };
}
