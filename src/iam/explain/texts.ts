import { formatPlace, placeOf } from '../../kernel/source-file.ts';
import { joinTexts, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { Layer } from '../decide/layers.ts';
import { statementLabel } from '../language/policy.ts';
import { showPartial } from '../partial.ts';
import { UNKNOWN, YES } from '../truth.ts';
import type { Explanation } from './explain.ts';
import type { LayerReport } from './layer-report.ts';
import type { ConditionReport, StatementReport } from './statement-report.ts';
import type { Suggestion } from './suggestion.ts';

/** The layers by the names that AWS gives them. */
export const LAYER_NAMES: Readonly<Record<Layer, Text>> = {
  'resource-control': text('resource control policies', 'リソースコントロールポリシー(RCP)'),
  'service-control': text('service control policies', 'サービスコントロールポリシー(SCP)'),
  resource: text('the resource-based policy', 'リソースベースのポリシー'),
  identity: text('the identity-based policies', 'アイデンティティベースのポリシー'),
  boundary: text('the permissions boundary', 'アクセス許可の境界'),
  session: text('the session policies', 'セッションポリシー'),
  endpoint: text('the VPC endpoint policy', 'VPCエンドポイントポリシー'),
};

/** The decision in one sentence. */
export function decisionText({ decision, request }: Explanation): Text {
  const what = `${request.action} on ${showPartial(request.resource)}`;
  const whatJa = `${showPartial(request.resource)} への ${request.action}`;
  switch (decision.kind) {
    case 'allowed':
      return text(`ALLOWED: ${what}`, `許可: ${whatJa}`);
    case 'open':
      return text(`UNKNOWN: ${what} is not decided`, `不明: ${whatJa} は決まりません`);
    default: {
      const layer = decision.layer ? LAYER_NAMES[decision.layer] : verbatim('');
      return decision.kind === 'explicit'
        ? text(
            `DENIED: ${what} is denied by ${layer.en}`,
            `拒否: ${whatJa} は${layer.ja}が明示的に拒否します`,
          )
        : text(
            `DENIED: ${what} is not allowed by ${layer.en}`,
            `拒否: ${whatJa} を${layer.ja}が許可していません`,
          );
    }
  }
}

/** The explanation line by line, the decision first. */
export function explanationTexts(explanation: Explanation): readonly Text[] {
  return [
    decisionText(explanation),
    ...explanation.layers.flatMap(layerTexts),
    ...missingTexts(explanation),
    ...suggestionTexts(explanation.suggestions),
  ];
}

function layerTexts(report: LayerReport): readonly Text[] {
  const name = report.grants ? GRANTS : LAYER_NAMES[report.layer];
  const level = report.level === undefined ? '' : ` ${report.level}`;
  const says = layerSays(report);
  const head = text(`  ${name.en}${level}: ${says.en}`, `  ${name.ja}${level}: ${says.ja}`);
  return [head, ...report.statements.map(statementText)];
}

const GRANTS = text('the grants on it', 'リソースへのグラント');

function layerSays({ denies, allows, statements, grants, delegates }: LayerReport): Text {
  if (denies === YES) return text('denies', '拒否');
  if (denies === UNKNOWN) return text('may deny', '拒否の可能性あり');
  if (delegates) {
    return text('lets the identity-based policies decide', 'アイデンティティベースのポリシーに判断を委ねる');
  }
  if (allows === YES) return text('allows', '許可');
  if (allows === UNKNOWN) return text('may allow', '許可の可能性あり');
  if (statements.length === 0 && grants)
    return text('none is for the action', 'このアクションへのグラントなし');
  if (statements.length === 0)
    return text('no statement speaks of the action', 'このアクションを対象とするステートメントなし');
  return text('does not allow', '許可なし');
}

/** A statement by name and place, and which part of it decided. */
export function statementText(report: StatementReport): Text {
  const { statement, policy, failing } = report;
  const place = statement.span ? formatPlace(placeOf(statement.span)) : policy.name;
  const name = `${statement.effect} ${statementLabel(statement)} (${place})`;
  const outcome = failing === undefined ? text('holds', '該当') : partText(report);
  return text(`    ${name}: ${outcome.en}`, `    ${name}: ${outcome.ja}`);
}

function partText({ failing, statement }: StatementReport): Text {
  if (failing === undefined) return text('holds', '該当');
  const open = failing.holds === UNKNOWN;
  switch (failing.part) {
    case 'statement': {
      const because = statement.undecided.join(', ');
      return text(`hangs on ${because || 'an open action'}`, `${because || 'アクション'}が未確定`);
    }
    case 'principal':
      return open
        ? text('the principal is open', 'プリンシパルが未確定')
        : text('another principal', 'プリンシパルが不一致');
    case 'resource':
      return open
        ? text('the resource is open', 'リソースが未確定')
        : text('another resource', 'リソースが不一致');
    case 'condition':
      return failing.condition ? conditionText(failing.condition, open) : verbatim('');
  }
}

function conditionText({ condition, given }: ConditionReport, open: boolean): Text {
  const wanted = condition.values.map((value) => showPartial(value.text)).join(', ');
  const rule = `${condition.operator} ${condition.key} [${wanted}]`;
  const has = given?.map(showPartial).join(', ');
  if (open) return text(`${rule} is open`, `条件 ${rule} が未確定`);
  if (has === undefined) {
    return text(
      `${rule} fails: the key is not in the request`,
      `条件 ${rule} が不成立: キーがリクエストにありません`,
    );
  }
  return text(`${rule} fails: the request has [${has}]`, `条件 ${rule} が不成立: リクエストの値は [${has}]`);
}

function missingTexts({ missingKeys, undecided }: Explanation): readonly Text[] {
  const texts: Text[] = [];
  if (missingKeys.length > 0) {
    const keys = joinTexts(missingKeys.map(verbatim));
    texts.push(text(`  Not in the request: ${keys.en}`, `  リクエストにないキー: ${keys.ja}`));
  }
  if (undecided.length > 0) {
    const what = joinTexts(undecided.map(verbatim));
    texts.push(text(`  Would decide: ${what.en}`, `  これが決まれば判定できます: ${what.ja}`));
  }
  return texts;
}

function suggestionTexts(suggestions: readonly Suggestion[]): readonly Text[] {
  return suggestions.map(({ layer, level, statement }) => {
    const name = LAYER_NAMES[layer];
    const at = level === undefined ? '' : ` ${level}`;
    const json = JSON.stringify(statement);
    return text(
      `  Would allow it, added to ${name.en}${at}: ${json}`,
      `  ${name.ja}${at}に加えると許可されます: ${json}`,
    );
  });
}
