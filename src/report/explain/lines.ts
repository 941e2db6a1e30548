import type { Place } from '../../kernel/source-file.ts';
import { type Text, verbatim } from '../../kernel/texts.ts';
import { showPlace } from '../show-place.ts';
import type { View } from '../text/view.ts';

/** A heading with paragraphs below it, deeper by the spaces that they begin with; nothing without paragraphs. */
export function part(title: Text, paragraphs: readonly (Text | string)[], view: View): readonly string[] {
  if (paragraphs.length === 0) return [];
  return [
    '',
    view.palette.strong(view.say(title)),
    ...paragraphs.flatMap((each) => {
      const value = typeof each === 'string' ? each : view.say(each);
      return view.lines(value.trimStart(), 2 + value.length - value.trimStart().length);
    }),
  ];
}

/** `(file:line:column)` with a space before it, or nothing. */
export function at(place: Place | undefined, view: View): string {
  const shown = showPlace(place);
  return shown === undefined ? '' : ` (${view.say(verbatim(shown))})`;
}
