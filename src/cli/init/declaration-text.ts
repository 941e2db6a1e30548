import { DECLARATION_SCHEMA } from '../../environment/declaration.ts';
import { type Language, text } from '../../kernel/texts.ts';
import type { Asset } from '../../model/declaration.ts';

/** The answers to the five questions. */
export interface Answers {
  readonly name: string;
  readonly scope: string;
  readonly owner: string;
  readonly alone: boolean;
  /** 1, 2 or 3. */
  readonly data: number;
}

/** The text of a new `honmaru.yaml`; every answer is quoted, so that it stays a text whatever it holds. */
export function declarationText(answers: Answers, assets: readonly Asset[], language: Language): string {
  const lines = [
    `schema: ${DECLARATION_SCHEMA}`,
    `name: ${JSON.stringify(answers.name.trim())}`,
    `scope: ${answers.scope}`,
    `# ${OWNER_NOTE[language]}`,
    `owner: ${JSON.stringify(answers.owner.trim())}`,
    ...(answers.alone ? ['team: one'] : []),
    `# ${(assets.length > 0 ? CLASS_NOTE : NO_ASSETS)[language]}`,
    ...(assets.length > 0 ? ['assets:'] : []),
    ...assets.flatMap(({ name }) => [
      `  ${JSON.stringify(name)}:`,
      ...['confidentiality', 'integrity', 'availability'].map((each) => `    ${each}: ${answers.data}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

const OWNER_NOTE = text(
  'the business owner, who decides about risks',
  '事業責任者(リスクについて決定する人)',
);
const CLASS_NOTE = text(
  '1 low, 2 medium, 3 high; correct them one by one',
  '1 低、2 中、3 高。資産ごとに見直してください',
);
const NO_ASSETS = text(
  'assets: no database or bucket was found yet; name them here with confidentiality, integrity, availability: 1 to 3',
  'assets: データベースやバケットはまだ見つかりません。見つかったら機密性・完全性・可用性を1〜3で記入してください',
);
