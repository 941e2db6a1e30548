import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Session } from '../../../src/api/contract.ts';
import { ApiProblem, call, keepCsrf } from '../api/call.ts';

interface SessionState {
  readonly session?: Session;
  readonly problem?: ApiProblem;
  /** Takes a session that the server gave with another answer. */
  readonly take: (session: Session) => void;
  readonly ask: () => void;
}

const SessionContext = createContext<SessionState>({ take: () => undefined, ask: () => undefined });

/** Who is signed in; asked once at the start, and again when the server says that it ended. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<ApiProblem>();
  const take = useCallback((next: Session) => {
    keepCsrf(next.csrf);
    setSession(next);
  }, []);
  const ask = useCallback(() => {
    setProblem(undefined);
    call('GET /api/session').then(take, (error: unknown) => {
      if (error instanceof ApiProblem) setProblem(error);
      else throw error;
    });
  }, [take]);
  useEffect(ask, [ask]);
  const state = useMemo(
    () => ({ take, ask, ...(session ? { session } : {}), ...(problem ? { problem } : {}) }),
    [session, problem, take, ask],
  );
  return <SessionContext value={state}>{children}</SessionContext>;
}

export function useSession(): SessionState {
  return useContext(SessionContext);
}

/** The person who is signed in; pages are only shown to one. */
export function useUser(): NonNullable<Session['user']> {
  const { session } = useContext(SessionContext);
  if (!session?.user) throw new Error('nobody is signed in');
  return session.user;
}
