import { nearest } from '../../kernel/nearest.ts';
import { text } from '../../kernel/texts.ts';
import type { Element } from '../language/policy.ts';
import { finding, type LintContext, type LintFinding, type StatementCheck } from './finding.ts';

/** Checks the names of actions against the table. */
export const checkActions: StatementCheck = (statement, context) => {
  if (statement.actions.items.length === 0) {
    const message = text(
      'this statement includes no actions and does nothing',
      'このステートメントにはアクションがなく、効果がありません',
    );
    return [finding('EMPTY_ARRAY_ACTION', 'suggestion', message, statement.span)];
  }
  return statement.actions.items.flatMap((item) => checkAction(item, context));
};

function checkAction({ text: name, span }: Element, { table }: LintContext): readonly LintFinding[] {
  if (typeof name !== 'string' || name === '*') return [];
  const colon = name.indexOf(':');
  const service = name.slice(0, colon);
  if (colon < 0 || service === '') {
    const message = text(`"${name}" has no service prefix`, `「${name}」にはサービスの接頭辞がありません`);
    return [finding('MISSING_SERVICE_IN_ACTION', 'error', message, span)];
  }
  if (/[*?]/.test(service)) return service === '*' ? [] : [wildcardService(name, span)];
  if (!table.hasService(service)) return [unknownService(service, table.services, span)];
  if (table.expand(name).length > 0) return [];
  return [unknownAction(name, table.expand(`${service}:*`), span)];
}

function wildcardService(name: string, span: Element['span']): LintFinding {
  const message = text(
    `"${name}" has a wildcard in the service name and may reach services that nobody meant`,
    `「${name}」はサービス名にワイルドカードがあり、意図しないサービスにも当てはまります`,
  );
  return finding('WILDCARD_IN_SERVICE_NAME', 'suggestion', message, span);
}

function unknownService(service: string, services: readonly string[], span: Element['span']): LintFinding {
  const meant = nearest(service, services);
  const message = text(
    `there is no service "${service}"${meant ? `; did you mean "${meant}"?` : ''}`,
    `「${service}」というサービスはありません${meant ? `(「${meant}」のことですか?)` : ''}`,
  );
  return finding('INVALID_SERVICE_IN_ACTION', 'error', message, span);
}

function unknownAction(name: string, names: readonly string[], span: Element['span']): LintFinding {
  const meant = /[*?]/.test(name) ? undefined : nearest(name, names);
  const message = text(
    `there is no action "${name}"${meant ? `; did you mean "${meant}"?` : ''}`,
    `「${name}」というアクションはありません${meant ? `(「${meant}」のことですか?)` : ''}`,
  );
  return finding('INVALID_ACTION', 'error', message, span);
}
