import { type Text, text } from '../../kernel/texts.ts';
import { Refusal } from '../document/refusal.ts';
import type { Answers, Change } from '../plan/change.ts';
import type { FileChange } from '../plan/file-change.ts';
import { CDK_SAFEGUARDS, type CdkWish, cdkFile, type ReadText, refuseOtherLanguages } from './cdk-app.ts';

const CALL_IT: Text = text(
  'npm install honmaru-cdk, call attachSafeguards(stack) in the app, synthesize, and assess again',
  'npm install honmaru-cdk を実行し、アプリで attachSafeguards(stack) を呼び出して再合成し、もう一度評価する',
);
const NO_CONSTRUCT = text(
  'AccountSafeguards of honmaru-cdk adds it in a stack of its own; it is not attached to a stack of the application',
  'honmaru-cdkの AccountSafeguards で専用スタックに追加します。アプリケーションのスタックには追加しません',
);
const NEEDS_ZONE = text(
  'say first: --domain NAME and --hosted-zone ID',
  '先に指定してください: --domain NAME と --hosted-zone ID',
);

/** The CDK apps of one round: which safeguards their files are to attach. */
export class CdkApps {
  readonly #answers: Answers;
  readonly #read: ReadText;
  readonly #wishes = new Map<string, CdkWish[]>();

  constructor(answers: Answers, read: ReadText) {
    this.#answers = answers;
    this.#read = read;
  }

  /** @throws Refusal where no construct can do it. */
  grant(app: string, draft: Change): Change {
    refuseOtherLanguages(app, this.#read);
    // The construct for backups protects the data; the migration itself is the same as everywhere.
    if (draft.outcome === 'migration') return { ...draft, edits: [], deploy: [] };
    if (!CDK_SAFEGUARDS.has(draft.safeguard)) throw new Refusal(NO_CONSTRUCT);
    const needsZone = draft.safeguard === 'acm' || JSON.stringify(draft.edits).includes('"DomainName"');
    if (needsZone && (this.#answers.domain === undefined || this.#answers.hostedZone === undefined)) {
      return { ...draft, outcome: 'needs', edits: [], deploy: [], reason: NEEDS_ZONE };
    }
    const wishes = this.#wishes.get(app) ?? [];
    wishes.push({ safeguard: draft.safeguard, id: draft.id });
    this.#wishes.set(app, wishes);
    return { ...draft, first: [...draft.first, CALL_IT] };
  }

  /** The added files. */
  finish(): readonly FileChange[] {
    return [...this.#wishes].flatMap(([app, wishes]) => {
      const change = cdkFile(app, wishes, this.#answers, this.#read);
      return change ? [change] : [];
    });
  }
}
