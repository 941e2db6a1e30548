import { DECISIONS } from '../decisions/home.ts';
import { TICKETS } from './decisions/tickets.ts';
import { DIARY_COLLECTIONS } from './environment/diary.ts';
import { PASSKEYS } from './sign-in/passkey-records.ts';
import { PEOPLE } from './sign-in/people.ts';
import { SESSIONS } from './sign-in/session-records.ts';
import { SET_UP_TOKENS } from './sign-in/set-up-link.ts';

/** Everything that the console keeps; the store is opened with it. */
export const CONSOLE_COLLECTIONS = [
  DECISIONS,
  ...DIARY_COLLECTIONS,
  TICKETS,
  PASSKEYS,
  PEOPLE,
  SESSIONS,
  SET_UP_TOKENS,
];
