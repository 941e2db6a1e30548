import type { SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { Refusal } from '../document/refusal.ts';
import type { Answers, Change } from '../plan/change.ts';
import type { FileChange } from '../plan/file-change.ts';
import {
  CDK_SAFEGUARDS,
  type CdkWish,
  cdkAppOf,
  cdkFile,
  type ReadText,
  refuseOtherLanguages,
} from './cdk-app.ts';

const CALL_IT: Text = text(
  'npm install honmaru-cdk, call attachSafeguards(stack) in the app, synthesize, and assess again',
  'npm install honmaru-cdk を実行し、アプリで attachSafeguards(stack) を呼び出して再合成し、もう一度評価する',
);
const NO_CONSTRUCT = text(
  'AccountSafeguards of honmaru-cdk adds it in a stack of its own; it is not attached to a stack of the application',
  'honmaru-cdkの AccountSafeguards で専用スタックに追加します。アプリケーションのスタックには追加しません',
);
const CERTIFICATE_OF_EDGE = text(
  'attachTo gives certificates to load balancers only; give the distribution one of us-east-1 in the app (RenewingCertificate of honmaru-cdk in a stack of that Region)',
  'attachTo が証明書を付けるのはロードバランサーだけです。ディストリビューションには、us-east-1のスタックで作成した証明書(honmaru-cdkの RenewingCertificate)をアプリで指定してください',
);
const TLS_OF_EDGE = text(
  'attachTo redirects viewers to HTTPS; the certificate, and with it the lowest TLS version, is the app’s to set',
  'attachTo は閲覧者をHTTPSにリダイレクトします。証明書(とTLSの最低バージョン)はアプリで指定してください',
);
const WAF_OF_EDGE = text(
  'a stack of us-east-1; from another Region pass distributionWebAclArn to attachTo',
  'us-east-1のスタックであること。他のリージョンでは attachTo に distributionWebAclArn を渡す',
);
const NEEDS_ZONE = text(
  'say first: --domain NAME and --hosted-zone ID',
  '先に指定してください: --domain NAME と --hosted-zone ID',
);

const EDGE_NOTES: ReadonlyMap<string, Text> = new Map([
  ['tls', TLS_OF_EDGE],
  ['waf', WAF_OF_EDGE],
]);

/** The CDK apps of one round: which safeguards their files are to attach. */
export class CdkApps {
  readonly #answers: Answers;
  readonly #read: ReadText;
  readonly #wishes = new Map<string, CdkWish[]>();
  readonly #appOf = new Map<SourceFile, string | undefined>();

  constructor(answers: Answers, read: ReadText) {
    this.#answers = answers;
    this.#read = read;
  }

  /** The folder of the app that made a template; each template is asked about once. */
  appOf(file: SourceFile): string | undefined {
    if (!this.#appOf.has(file)) this.#appOf.set(file, cdkAppOf(file, this.#read));
    return this.#appOf.get(file);
  }

  /** @throws Refusal where no construct can do it. */
  grant(app: string, draft: Change, place: Resource): Change {
    refuseOtherLanguages(app, this.#read);
    // The construct for backups protects the data; the migration itself is the same as everywhere.
    if (draft.outcome === 'migration') return { ...draft, edits: [], deploy: [] };
    if (!CDK_SAFEGUARDS.has(draft.safeguard)) throw new Refusal(NO_CONSTRUCT);
    const isEdge = place.type === 'AWS::CloudFront::Distribution';
    if (isEdge && draft.safeguard === 'acm') throw new Refusal(CERTIFICATE_OF_EDGE);
    const needsZone = draft.safeguard === 'acm' || JSON.stringify(draft.edits).includes('"DomainName"');
    if (needsZone && (this.#answers.domain === undefined || this.#answers.hostedZone === undefined)) {
      return { ...draft, outcome: 'needs', edits: [], deploy: [], reason: NEEDS_ZONE };
    }
    const wishes = this.#wishes.get(app) ?? [];
    wishes.push({ safeguard: draft.safeguard, id: draft.id });
    this.#wishes.set(app, wishes);
    const edge = isEdge ? EDGE_NOTES.get(draft.safeguard) : undefined;
    return { ...draft, first: [...draft.first, ...(edge ? [edge] : []), CALL_IT] };
  }

  /** The added files. */
  finish(): readonly FileChange[] {
    return [...this.#wishes].flatMap(([app, wishes]) => {
      const change = cdkFile(app, wishes, this.#answers, this.#read);
      return change ? [change] : [];
    });
  }
}
