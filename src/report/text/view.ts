import { printable, wrapColumns } from '../../kernel/text-width.ts';
import type { Text } from '../../kernel/texts.ts';
import type { AssessedResource } from '../../model/assessment.ts';
import { type Namer, namerOf } from '../names.ts';
import { type PathTeller, pathTeller } from '../path-line.ts';
import type { TextOptions } from './options.ts';
import { type Palette, paletteOf } from './paint.ts';

/** What every part of a text report needs: the words of the language, names, colours and columns. */
export interface View {
  readonly width: number;
  /** What was read, ready to stand in a command. */
  readonly paths: string;
  readonly palette: Palette;
  /** The text in the reader's language, harmless for a terminal. */
  say(value: Text): string;
  name(resource: string): string;
  /** A path by its main stops. */
  readonly tell: PathTeller;
  /** Wraps a text into lines that begin with an indentation. */
  lines(value: string, indent: number): readonly string[];
}

/** A path as a shell takes it: in single quotes where it is not plain. */
function shellWord(path: string): string {
  const shown = printable(path);
  return /^[\w./@:+-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

/** The resources that a report speaks of. */
export interface ViewedEnvironment {
  readonly resources: readonly Pick<AssessedResource, 'id' | 'name' | 'type'>[];
}

export function viewOf(environment: ViewedEnvironment, options: TextOptions): View {
  const namer: Namer = namerOf(environment);
  const width = Math.min(Math.max(options.width, 40), 140);
  const say = (value: Text) => printable(value[options.language]);
  return {
    width,
    paths: options.paths === undefined ? 'PATH' : options.paths.map(shellWord).join(' '),
    palette: paletteOf(options.color),
    say,
    name: (resource) => say(namer(resource)),
    tell: pathTeller(environment.resources, options.language),
    lines: (value, indent) => wrapColumns(value, width - indent).map((line) => ' '.repeat(indent) + line),
  };
}
