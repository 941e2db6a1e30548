import type { SourceFile } from '../../kernel/source-file.ts';
import type { ParsedFile } from '../document/edit-document.ts';
import type { Refusal } from '../document/refusal.ts';
import type { Splice } from '../text/splices.ts';

/** What a round makes of one file. */
export interface FileChange {
  readonly file: SourceFile;
  readonly after: string;
  readonly splices: readonly Splice[];
  /** Whether the file was not there before. */
  readonly isNew: boolean;
  /** The edited document, where it was read already. */
  readonly parsed?: ParsedFile;
}

/** The files of a round, and the changes whose file could not be edited after all: it is left alone. */
export interface EditedFiles {
  readonly files: readonly FileChange[];
  readonly failures: ReadonlyMap<string, Refusal>;
}
