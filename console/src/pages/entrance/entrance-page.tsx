import { useEffect, useState } from 'react';
import { go } from '../../app/router.ts';
import { useSession } from '../../app/session.tsx';
import { type Created, NewKey } from './new-key.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SetUp, SetUpNeeded } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';

/** Taken outside of rendering: React may throw away what it rendered, and the address gives the token only once. */
const tokenAtStart = tokenFromAddress();

/** What somebody sees who is not signed in: set-up, name and password, the second factor. */
export function EntrancePage() {
  const { session, take } = useSession();
  const [token, setToken] = useState(tokenAtStart);
  // A link that is pasted while this page is open changes the fragment only, and loads nothing.
  useEffect(() => {
    const read = () => {
      const given = tokenFromAddress();
      if (given) setToken(given);
    };
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const [created, setCreated] = useState<Created>();
  if (created) {
    const enter = () => {
      go('/', { replace: true });
      take(created.session);
    };
    return <NewKey created={created} onDone={enter} />;
  }
  if (session?.state === 'set-up-needed') {
    return token ? <SetUp token={token} onCreated={setCreated} /> : <SetUpNeeded />;
  }
  if (session?.state === 'mfa-needed') return <SecondFactor methods={session.methods ?? []} />;
  return <SignIn />;
}

/**
 * The token of a set-up link stands in the fragment, which browsers do not send. It is taken out of the
 * address at once, so that it stays in no history.
 */
function tokenFromAddress(): string | undefined {
  const fragment = location.hash.slice(1);
  if (fragment === '') return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  const token = new URLSearchParams(fragment).get('token');
  return token ?? fragment;
}
