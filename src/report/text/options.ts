import type { Language } from '../../kernel/texts.ts';

export interface TextOptions {
  readonly language: Language;
  /** Whether to colour: only for terminals. */
  readonly color: boolean;
  /** Columns of the terminal; a full-width character takes two. */
  readonly width: number;
}
