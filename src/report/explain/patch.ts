import { printable } from '../../kernel/text-width.ts';
import { type Text, text, verbatim } from '../../kernel/texts.ts';
import type { Remedy } from '../../model/remedy.ts';
import { type PatchPlace, patchParts } from '../patch-parts.ts';
import type { View } from '../text/view.ts';
import { part } from './lines.ts';

export type { PatchPlace } from '../patch-parts.ts';

const TITLE: Text = text('Patch', '修正方法');

/** A remedy in words and as CloudFormation or HCL that can be copied; code keeps its columns and is not wrapped. */
export function patchLines(remedy: Remedy, place: PatchPlace, view: View): readonly string[] {
  const needs = (remedy.needs ?? []).map((need) => {
    const first = text('you need:', '必要なもの:');
    return `${view.say(first)} ${view.say(need)}`;
  });
  const named = (resource: string) => verbatim(view.name(resource));
  return [
    ...part(TITLE, [remedy.summary, ...needs], view),
    ...patchParts(remedy, place, named).flatMap(({ where, code }) => [
      '',
      ...(where ? view.lines(view.say(where), 2) : []),
      ...code.map((line) => view.palette.faint(`    ${printable(line)}`)),
    ]),
  ];
}
