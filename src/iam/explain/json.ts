import { placeOf } from '../../kernel/source-file.ts';
import { statementLabel } from '../language/policy.ts';
import { showPartial } from '../partial.ts';
import type { Truth } from '../truth.ts';
import type { Explanation } from './explain.ts';
import type { StatementReport } from './statement-report.ts';

const ANSWERS = ['no', 'unknown', 'yes'] as const;

/** The explanation as plain data (`honmaru.iam-explanation/1`). */
export function explanationJson(explanation: Explanation): Readonly<Record<string, unknown>> {
  const { decision, request } = explanation;
  return {
    schema: 'honmaru.iam-explanation/1',
    verdict: decision.verdict,
    kind: decision.kind,
    ...(decision.layer === undefined ? {} : { layer: decision.layer }),
    action: request.action,
    resource: showPartial(request.resource),
    layers: explanation.layers.map((layer) => ({
      layer: layer.layer,
      ...(layer.level === undefined ? {} : { level: layer.level }),
      ...(layer.grants ? { grants: true } : {}),
      ...(layer.delegates ? { delegates: true } : {}),
      denies: answer(layer.denies),
      allows: answer(layer.allows),
      statements: layer.statements.map(statementJson),
    })),
    deciding: explanation.deciding.map(statementJson),
    missingKeys: explanation.missingKeys,
    undecided: explanation.undecided,
    suggestions: explanation.suggestions,
  };
}

function answer(truth: Truth): string {
  return ANSWERS[truth];
}

function statementJson({ policy, statement, holds, failing }: StatementReport): unknown {
  return {
    policy: policy.name,
    statement: statementLabel(statement),
    index: statement.index,
    effect: statement.effect,
    ...(statement.span ? { place: placeOf(statement.span) } : {}),
    holds: answer(holds),
    ...(failing === undefined
      ? {}
      : {
          failing: {
            part: failing.part,
            ...(failing.condition
              ? {
                  operator: failing.condition.condition.operator,
                  key: failing.condition.condition.key,
                  values: failing.condition.condition.values.map((value) => showPartial(value.text)),
                  given: failing.condition.given?.map(showPartial) ?? null,
                }
              : {}),
          },
        }),
  };
}
