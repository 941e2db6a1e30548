/**
 * Walks the statements of IAM policy documents in the graph, three-valued. It answers what a statement
 * says, not what a request would get: that is the work of the policy engine.
 */

import type { DocumentNode } from '../../kernel/document.ts';
import { parseJson } from '../../kernel/json.ts';
import {
  type Answer,
  all,
  any,
  ask,
  isOneOf,
  isSet,
  NO,
  not,
  someItem,
  undecided,
} from '../../model/answer.ts';
import { get, known, list, map, stringFrom, type Value } from '../../model/value.ts';
import { askText } from '../text-of.ts';

/** A policy document as a value: JSON text, as Terraform and parameters write it, is read as JSON. */
export function policyDocument(value: Value): Value {
  const text = stringFrom(value);
  if (text === undefined || !text.trimStart().startsWith('{')) return value;
  try {
    return asValue(parseJson({ path: value.span.file.path, text }).root, value);
  } catch {
    return value;
  }
}

function asValue(node: DocumentNode, whole: Value): Value {
  switch (node.kind) {
    case 'scalar':
      return known(node.value, whole.span);
    case 'list':
      return list(
        node.items.map((item) => asValue(item, whole)),
        whole.span,
      );
    case 'map':
      return map(new Map(node.entries.map((entry) => [entry.key, asValue(entry.value, whole)])), whole.span);
  }
}

/** Whether some statement of a document answers yes to a question. */
export function someStatement(document: Value, question: (statement: Value) => Answer): Answer {
  const read = policyDocument(document);
  if (read.kind === 'unknown') return undecided(read);
  return someItem(get(read, 'Statement'), question);
}

export function allows(statement: Value): Answer {
  return isOneOf(get(statement, 'Effect'), ['Allow']);
}

export function denies(statement: Value): Answer {
  return isOneOf(get(statement, 'Effect'), ['Deny']);
}

/** Whether some element of a list (or the single string) fulfils a predicate. */
export function someString(value: Value, predicate: (text: string) => boolean): Answer {
  return someItem(value, (item) => askText(item, predicate));
}

/** Whether `Principal` names everybody: `*`, or a `*` under `AWS`. */
export function principalIsAnyone(statement: Value): Answer {
  const principal = get(statement, 'Principal');
  if (principal.kind === 'map') return someString(get(principal, 'AWS'), (text) => text === '*');
  return someString(principal, (text) => text === '*');
}

/** Condition keys whose fixed values keep a statement from being public (S3 guide, "The meaning of public"). */
const NARROWING_KEYS = new Set(
  [
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:SourceIp',
    'aws:SourceArn',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
    'aws:SourceAccount',
    'aws:SourceOrgID',
    'aws:SourceOrgPaths',
    'aws:userid',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    's3:DataAccessPointArn',
    's3:DataAccessPointAccount',
    'kms:CallerAccount',
    'kms:ViaService',
    'lambda:FunctionUrlAuthType',
    'sns:Endpoint',
  ].map((key) => key.toLowerCase()),
);

/** Operators that demand a match; negated ones narrow nothing. */
const DEMANDING =
  /^(ForAnyValue:|ForAllValues:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/** Whether a statement's conditions admit only fixed callers or places. */
export function isNarrowed(statement: Value): Answer {
  const condition = get(statement, 'Condition');
  if (condition.kind === 'absent') return NO;
  if (condition.kind !== 'map') return undecided(condition);
  const answers: Answer[] = [];
  for (const [operator, keys] of condition.entries) {
    if (!DEMANDING.test(operator)) continue;
    if (keys.kind !== 'map') return undecided(keys);
    for (const [key, wanted] of keys.entries) {
      if (NARROWING_KEYS.has(key.toLowerCase())) answers.push(not(someItem(wanted, isBroad)));
    }
  }
  return any(answers);
}

/** Values that match everything: a bare wildcard or the whole internet. A reference names one thing. */
function isBroad(value: Value): Answer {
  if (value.kind === 'unknown') return value.parts ? NO : undecided(value);
  return ask(value, (each) => ['*', '0.0.0.0/0', '::/0'].includes(stringFrom(each) ?? ''));
}

/** Whether a statement lets everybody in, with nothing in its conditions that narrows it down. */
export function isPublicStatement(statement: Value): Answer {
  return all([
    allows(statement),
    any([principalIsAnyone(statement), isSet(get(statement, 'NotPrincipal'))]),
    not(isNarrowed(statement)),
  ]);
}

/** Whether a statement covers some action that matches the predicate; `NotAction` covers nearly all. */
export function coversAction(statement: Value, predicate: (pattern: string) => boolean): Answer {
  return any([someString(get(statement, 'Action'), predicate), isSet(get(statement, 'NotAction'))]);
}

/** Whether a pattern with `*` and `?` covers an action name; case counts for nothing, as in IAM. */
export function actionMatches(pattern: string, action: string): boolean {
  const wanted = pattern.toLowerCase();
  const name = action.toLowerCase();
  let at = 0;
  let rest = 0;
  let star = -1;
  let mark = 0;
  while (rest < name.length) {
    if (at < wanted.length && (wanted[at] === '?' || (wanted[at] === name[rest] && wanted[at] !== '*'))) {
      at += 1;
      rest += 1;
    } else if (wanted[at] === '*') {
      star = at;
      mark = rest;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      rest = mark;
    } else {
      return false;
    }
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
