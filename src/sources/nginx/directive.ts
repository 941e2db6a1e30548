/** One word of a configuration, without its quotes. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A directive of nginx or Caddy: its name, its words, and what stands in its braces. */
export interface Directive {
  readonly name: string;
  readonly words: readonly Word[];
  readonly block?: readonly Directive[];
  readonly start: number;
  readonly end: number;
}

/** Bounds on what is read of one file. */
export const CONFIGURATION_LIMITS = { bytes: 4 * 1024 * 1024, directives: 50_000, depth: 32 } as const;

/** The directives of a name, in order. */
export function named(block: readonly Directive[] | undefined, name: string): readonly Directive[] {
  return (block ?? []).filter((each) => each.name === name);
}

/** Every directive of a name at any depth. */
export function allNamed(block: readonly Directive[] | undefined, name: string): readonly Directive[] {
  return (block ?? []).flatMap((each) => [
    ...(each.name === name ? [each] : []),
    ...allNamed(each.block, name),
  ]);
}

/** The words of a directive as texts. */
export function textsOf(directive: Directive | undefined): readonly string[] {
  return directive?.words.map(({ text }) => text) ?? [];
}
