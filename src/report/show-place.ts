import { formatPlace, type Place } from '../kernel/source-file.ts';

/** `file:line:column`, or nothing for facts that are written in no file (of the account as a whole). */
export function showPlace(place: Place | undefined): string | undefined {
  return place && place.file !== '' ? formatPlace(place) : undefined;
}
