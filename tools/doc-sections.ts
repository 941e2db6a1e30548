import { readFileSync } from 'node:fs';
import type { Safeguard } from '../src/safeguards/safeguard.ts';

export const SAFEGUARD_DOC = 'docs/safeguards.md';
export const SCALE_DOC = 'docs/risk-scale.md';
export const README = 'README.md';

/** The text of a page with what stands between its marks made anew; the prose around them is people's. */
function withSection(file: string, name: string, lines: readonly string[]): string {
  const page = readFileSync(file, 'utf8');
  const begin = `<!-- generated: ${name} -->`;
  const end = '<!-- /generated -->';
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${file} has no marks for ${name}`);
  return `${page.slice(0, from + begin.length)}\n${lines.join('\n')}\n${page.slice(to)}`;
}

/** docs/safeguards.md with its table of all safeguards. */
export async function safeguardDocText(): Promise<string> {
  const { SAFEGUARDS } = (await import('../src/safeguards/registry.generated.ts')) as {
    SAFEGUARDS: readonly Safeguard[];
  };
  const rows = [...SAFEGUARDS].sort((a, b) => (a.id < b.id ? -1 : 1)).map(safeguardRow);
  return withSection(SAFEGUARD_DOC, 'safeguards', [
    `${SAFEGUARDS.length} safeguards; \`honmaru explain ID\` says what each stops and what it does not.`,
    '',
    '| Id | Name | 名前 | Factor | Effect | Price per month | Facets | Places |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ]);
}

function safeguardRow({ id, name, factor, effect, price, facets, attachesTo }: Safeguard): string {
  const places = attachesTo.map((type) =>
    type.replace(/^AWS::/, '').replace(/^Account::(\w+)$/, (_, word) => word.toLowerCase()),
  );
  const parts = (facets ?? []).map((facet) => `\`${facet.id}\``).join(', ') || '–';
  const cells = [
    `\`${id}\``,
    name.en,
    name.ja,
    factor,
    effect,
    price.replaceAll('-', ' ').replace(/^a few/, 'a few'),
    parts,
    places.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** docs/risk-scale.md with the bands and the table of threats that the scorer uses. */
export async function scaleDocText(): Promise<string> {
  const { BANDS } = await import('../src/risk/score.ts');
  const { threat } = await import('../src/risk/threat.ts');
  const { BAND_WORDS } = await import('../src/report/words.ts');
  const bands = BANDS.map(({ band, upTo }, index) => {
    const from = (BANDS[index - 1]?.upTo ?? 0) + 1;
    return `| ${BAND_WORDS[band].en} | ${BAND_WORDS[band].ja} | ${[1, 2, 3, 4, 6, 9].filter((value) => value >= from && value <= upTo).join(', ')} |`;
  });
  const threats = ([3, 2, 1] as const).map((level) => {
    const { en, ja } = threat(level).reason;
    return `| ${level} | ${en} | ${ja} |`;
  });
  return withSection(SCALE_DOC, 'scale', [
    '| Band | 段階 | Values |',
    '|---|---|---|',
    ...bands,
    '',
    '| T | Why | 理由 |',
    '|---|---|---|',
    ...threats,
  ]);
}

/** README.md with the table of what each service answers, as `honmaru operations` lists it. */
export async function readmeText(): Promise<string> {
  const { operationLists } = await import('../src/cli/operations.ts');
  const rows = (await operationLists([])).map(({ service, built, notBuilt }) => {
    const missing = notBuilt.length === 0 ? '–' : notBuilt.map((name) => `\`${name}\``).join(', ');
    return `| \`${service}\` | ${built.length} of ${built.length + notBuilt.length} | ${missing} |`;
  });
  return withSection(README, 'operations', [
    '| Service | Operations built | Answered with 501 |',
    '|---|---|---|',
    ...rows,
  ]);
}
