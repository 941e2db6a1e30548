import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { Severity } from '../model/finding.ts';
import type { ImportedDecision, Imports } from '../model/imported.ts';
import type { Risk } from '../model/risk.ts';
import { showInterval } from './score.ts';
import { BAND_WORDS, SEVERITY_WORDS } from './words.ts';

/** "645 findings → 12 decisions", in both languages. */
export function importsHeadline({ counts, files }: Imports): Text {
  const tools = [...new Set(files.flatMap((file) => file.tools))].join(', ');
  const [findings, decisions] = [counts.findings, counts.decisions];
  return text(
    `${findings} ${findings === 1 ? 'finding' : 'findings'} → ${decisions} ${decisions === 1 ? 'decision' : 'decisions'} (${tools})`,
    `検出結果${findings}件 → 判断${decisions}件(${tools})`,
  );
}

/**
 * How grave a decision is: of a risk its level and value as everywhere in the report, which the severities of the
 * tools do not change; else the worst that a tool says.
 */
export function decisionLevel(decision: ImportedDecision, risks: readonly Risk[]): Text {
  const risk = risks.find(({ id }) => id === decision.risk);
  if (!risk) return SEVERITY_WORDS[decision.severity];
  const [band, value] = [BAND_WORDS[risk.band.current], showInterval(risk.current)];
  return text(`${band.en} ${value}`, `${band.ja} ${value}`);
}

/** What a group without a risk consists of: `critical 30, high 120: permissions 90, records and alarms 40`. */
export function decisionParts({ risk, severities = {}, themes = [] }: ImportedDecision): Text | undefined {
  if (risk !== undefined) return undefined;
  const levels = (Object.keys(SEVERITY_WORDS) as Severity[]).filter((each) => severities[each] !== undefined);
  const grave = joinTexts(
    levels.map((each) => {
      const word = SEVERITY_WORDS[each];
      return text(`${severities[each]} ${word.en}`, `${word.ja}${severities[each]}`);
    }),
  );
  const about = joinTexts(
    themes.map(({ title, findings }) => text(`${title.en}: ${findings}`, `${title.ja}: ${findings}`)),
    text(' · ', ' · '),
  );
  const parts = [grave, about].filter(({ en }) => en !== '');
  return parts.length === 0 ? undefined : joinTexts(parts, text('; ', '。'));
}

/** What else the numbers say; what is nothing is left out. */
export function importsDetails({ counts, closed, files }: Imports): readonly Text[] {
  const repeated = files.reduce((sum, file) => sum + file.repeated, 0);
  const said: readonly (readonly [number, Text])[] = [
    [
      counts.facts,
      text(
        `${counts.facts} different ${counts.facts === 1 ? 'fact' : 'facts'}, ${counts.alsoOurs} also found by our own controls`,
        `異なる事実は${counts.facts}件、うち${counts.alsoOurs}件は本ツールのコントロールでも不適合`,
      ),
    ],
    [
      counts.ownUnknown,
      text(
        `${counts.ownUnknown} on which our own control could not decide`,
        `本ツールのコントロールでは判定できなかった事実${counts.ownUnknown}件`,
      ),
    ],
    [
      counts.ownPass,
      text(
        `${counts.ownPass} on which our own control passes: look at both`,
        `本ツールのコントロールでは適合の事実${counts.ownPass}件(両方を確認してください)`,
      ),
    ],
    [
      counts.isNew,
      text(`${counts.isNew} new since the last import`, `前回の取り込み以降の新規${counts.isNew}件`),
    ],
    [
      counts.setAside,
      text(
        `${counts.setAside} suppressed, resolved or archived in the other tool: counted all the same`,
        `他のツールで抑制・解決済み・アーカイブ済みの${counts.setAside}件も数えています`,
      ),
    ],
    [counts.passed, text(`${counts.passed} passed there`, `他のツールで適合${counts.passed}件`)],
    [
      counts.undecided,
      text(`${counts.undecided} left undecided there`, `他のツールで未判定${counts.undecided}件`),
    ],
    [
      repeated,
      text(`${repeated} repeated ${repeated === 1 ? 'entry' : 'entries'}`, `重複した記載${repeated}件`),
    ],
    [closed.length, text(`${closed.length} closed`, `終了${closed.length}件`)],
  ];
  return said.filter(([count]) => count > 0).map(([, each]) => each);
}
