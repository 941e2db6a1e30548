import type { Language } from '../../kernel/texts.ts';

export interface TextOptions {
  readonly language: Language;
  /** Whether to colour: only for terminals. */
  readonly color: boolean;
  /** Columns of the terminal; a full-width character takes two. */
  readonly width: number;
  /** What was read, as the user named it: the commands that go on from here name it too. */
  readonly paths?: readonly string[];
}
