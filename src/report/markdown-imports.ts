import { type Text, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { decisionLevel, decisionParts, importsDetails, importsHeadline } from './imports.ts';

const MOST_DECISIONS = 20;

/** What other tools found, as Markdown; nothing where no findings were given. */
export function importsMarkdown(
  { imports, risks }: Assessment,
  say: (each: Text) => string,
): readonly string[] {
  if (!imports) return [];
  const { decisions } = imports;
  const rest = decisions.length - MOST_DECISIONS;
  return [
    `**${say(importsHeadline(imports))}**`,
    '',
    ...decisions.slice(0, MOST_DECISIONS).map((each) => {
      const count = text(
        `${each.findings} of ${each.tools.join(', ')}`,
        `${each.tools.join('、')} ${each.findings}件`,
      );
      const parts = decisionParts(each);
      const also = parts ? `: ${say(parts)}` : '';
      return `- ${say(decisionLevel(each, risks))}: ${say(each.title)} (${say(count)})${also}`;
    }),
    ...(rest > 0 ? [`- ${say(text(`… and ${rest} more`, `… ほか${rest}件`))}`] : []),
    '',
    ...importsDetails(imports).map((each) => `${say(text(`${each.en}.`, `${each.ja}。`))}  `),
    '',
  ];
}
