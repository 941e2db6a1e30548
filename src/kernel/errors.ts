import type { Place } from './source-file.ts';
import { formatPlace } from './source-file.ts';
import type { Text } from './texts.ts';

/** What went wrong, where, and what to do about it. */
export interface ProblemDetails {
  /** Stable name in kebab-case; tests and tools match on it. */
  readonly code: string;
  readonly message: Text;
  readonly remedy?: Text;
  readonly place?: Place;
}

/** The base of every error that Honmaru throws on purpose; anything else is a defect. */
export class HonmaruError extends Error {
  readonly code: string;
  readonly text: Text;
  readonly remedy: Text | undefined;
  readonly place: Place | undefined;

  constructor(details: ProblemDetails, options?: ErrorOptions) {
    super(
      details.place ? `${formatPlace(details.place)}: ${details.message.en}` : details.message.en,
      options,
    );
    this.name = new.target.name;
    this.code = details.code;
    this.text = details.message;
    this.remedy = details.remedy;
    this.place = details.place;
  }
}

/** The command line was used wrongly. */
export class UsageError extends HonmaruError {}

/** Something that was to be read cannot be: a file, a template, a declaration. */
export class InputError extends HonmaruError {}
