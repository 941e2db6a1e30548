import { type Language, type Text, text } from '../../kernel/texts.ts';
import type { Gap } from '../../sources/aws/api.ts';
import type { Progress } from '../../sources/aws/collect.ts';
import type { Snapshot } from '../../sources/aws/snapshot.ts';
import type { Terminal } from '../command.ts';

const STEPS = 10;

/** Shows how far the run is: one moving line on a terminal, else a line for each tenth. */
export function progressShower(terminal: Terminal, language: Language): (progress: Progress) => void {
  let step = 0;
  return ({ done, of, message }) => {
    if (terminal.interactive) {
      terminal.error(`\r\u001b[K… ${message[language]}`);
      return;
    }
    const reached = Math.floor((done * STEPS) / of);
    if (reached === step) return;
    step = reached;
    terminal.error(`… ${message[language]}\n`);
  };
}

/** What was read, and what was not, one line for each call that was not answered. */
export function reportSnapshot(
  snapshot: Snapshot,
  out: string,
  terminal: Terminal,
  language: Language,
): void {
  if (terminal.interactive) terminal.error('\r\u001b[K');
  const count = snapshot.parts.reduce((sum, part) => sum + part.resources.length, 0);
  const say = (line: Text) => terminal.error(`${line[language]}\n`);
  say(
    text(
      `${count} resources of account ${snapshot.account} written to ${out}`,
      `アカウント${snapshot.account}のリソース${count}件を ${out} に保存しました`,
    ),
  );
  if (snapshot.regionsOff.length > 0) {
    const off = snapshot.regionsOff.join(', ');
    say(text(`  switched off and not asked: ${off}`, `  無効のため調べていないリージョン: ${off}`));
  }
  for (const line of gapLines(snapshot.parts.flatMap((part) => part.gaps))) say(line);
}

/** Regions that did not answer the same call stand in one line. */
function gapLines(gaps: readonly Gap[]): readonly Text[] {
  const groups = Map.groupBy(gaps, ({ service, operation, error }) => `${service} ${operation} ${error}`);
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (!first) return [];
    const { service, operation, error } = first;
    const regions = [...new Set([first, ...rest].map(({ region }) => region))].join(', ');
    return text(
      `  ? ${service} ${operation} (${regions}) was not answered: ${error}`,
      `  ? ${service} ${operation}(${regions})は回答がありませんでした:${error}`,
    );
  });
}
