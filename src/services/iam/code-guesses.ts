/** Wrong codes in a row that are taken of a user before it has to wait. */
const FREE_GUESSES = 5;
const SHORTEST_WAIT = 60_000;
const LONGEST_WAIT = 3_600_000;
const MOST_USERS = 10_000;

/** A code that somebody gave. */
export interface Guess {
  /** The unique id of the user. */
  readonly user: string;
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface Wrong {
  readonly count: number;
  readonly latest: Guess;
  /** Milliseconds since the epoch; codes before it are not looked at. */
  readonly waitsUntil: number;
}

/** Keeps count of wrong codes, so that nobody finds the right one of a million by trying. */
export interface CodeGuesses {
  mayTry(guess: Guess): boolean;
  wrong(guess: Guess): void;
  right(guess: Guess): void;
}

/**
 * After five wrong codes in a row a user waits a minute, then two, four and so on up to an hour; a right code ends
 * that. Each node counts for itself. Source: NIST SP 800-63B, section 3.2.2 "Rate Limiting (Throttling)".
 */
export function codeGuesses(): CodeGuesses {
  const users = new Map<string, Wrong>();
  /** One code that is tried with each of a user's devices is one guess. */
  const isSame = ({ code, at }: Guess, before: Wrong) =>
    before.latest.code === code && before.latest.at === at;
  return {
    mayTry(guess) {
      const before = users.get(guess.user);
      return before === undefined || guess.at >= before.waitsUntil || isSame(guess, before);
    },
    wrong(guess) {
      const before = users.get(guess.user);
      if (before && isSame(guess, before)) return;
      const count = (before?.count ?? 0) + 1;
      const doublings = count - FREE_GUESSES;
      const wait = doublings < 0 ? 0 : Math.min(SHORTEST_WAIT * 2 ** doublings, LONGEST_WAIT);
      if (users.size >= MOST_USERS) users.clear();
      users.set(guess.user, { count, latest: guess, waitsUntil: guess.at + wait });
    },
    right({ user }) {
      users.delete(user);
    },
  };
}
