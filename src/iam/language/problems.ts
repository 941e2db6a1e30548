import type { ProblemDetails } from '../../kernel/errors.ts';
import { placeOf, type Span } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';

/** A flaw of a policy document, with the place where it stands. */
export function policyProblem(code: string, message: Text, span: Span): ProblemDetails {
  return { code: `policy-${code}`, message, place: placeOf(span) };
}

export const FLAWS = {
  notAPolicy: text(
    'a policy is a map with Version and Statement',
    'ポリシーはVersionとStatementを持つマップです',
  ),
  noStatement: text('the policy has no Statement', 'ポリシーにStatementがありません'),
  badStatement: text('a statement is a map', 'ステートメントはマップでなければなりません'),
  badVersion: text(
    'Version must be 2012-10-17 or 2008-10-17',
    'Versionは2012-10-17または2008-10-17でなければなりません',
  ),
  noEffect: text(
    'the statement has no Effect (Allow or Deny)',
    'ステートメントにEffect(AllowまたはDeny)がありません',
  ),
  noAction: text(
    'the statement has neither Action nor NotAction',
    'ステートメントにActionもNotActionもありません',
  ),
  badCondition: text(
    'Condition is a map of operators, each a map of keys with their values',
    'Conditionは演算子のマップで、その各値はキーと値のマップです',
  ),
  badPrincipal: text(
    'Principal is "*" or a map of AWS, Service, Federated or CanonicalUser',
    'Principalは"*"か、AWS、Service、Federated、CanonicalUserのマップです',
  ),
} as const;

export function badValue(element: string): Text {
  return text(
    `${element} must be a string or a list of strings`,
    `${element}は文字列か文字列のリストでなければなりません`,
  );
}

export function unknownElement(name: string): Text {
  return text(`"${name}" is no element of a statement`, `「${name}」はステートメントの要素ではありません`);
}

export function bothElements(one: string, other: string): Text {
  return text(`${one} and ${other} exclude each other`, `${one}と${other}は同時に使えません`);
}

export function unknownOperator(name: string): Text {
  return text(`"${name}" is no condition operator`, `「${name}」という条件演算子はありません`);
}

export function tooLarge(limit: number, what: Text): Text {
  return text(`the document is larger than ${limit} ${what.en}`, `文書が${limit}${what.ja}を超えています`);
}
