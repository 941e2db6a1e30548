import type { Place } from '../../kernel/source-file.ts';
import { placeAt } from '../../kernel/source-file.ts';
import type { Text } from '../../kernel/texts.ts';

/** A change that is not made, because what it would do is not certain; nothing was written. */
export class Refusal extends Error {
  readonly reason: Text;
  readonly place: Place | undefined;

  constructor(reason: Text, place?: Place) {
    super(reason.en);
    this.name = 'Refusal';
    this.reason = reason;
    this.place = place;
  }
}

/** A refusal at an offset of a file. */
export function refuseAt(
  file: { readonly path: string; readonly text: string },
  at: number,
  reason: Text,
): Refusal {
  return new Refusal(reason, placeAt(file, at));
}
