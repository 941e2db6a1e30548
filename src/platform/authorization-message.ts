import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type PartialString, showPartial } from '../iam/engine.ts';
import type { StatementReport } from '../iam/explain/statement-report.ts';
import type { Element, ElementList } from '../iam/language/policy.ts';
import type { ContextValue } from '../iam/request.ts';
import type { Refusal } from './authorise.ts';
import type { Caller } from './caller.ts';
import type { Permission } from './context.ts';
import type { SealPort } from './ports.ts';

/** Some clients take no more than 8 KiB of response headers. */
const LONGEST = 4_096;
const MOST_STATEMENTS = 20;
const DECODED_BYTES = 262_144;

/**
 * The details of a refusal, compressed and sealed for the account of the caller: whoever is refused cannot
 * read them without permission. Parts are left out of a message that would be too long.
 *
 * Source: AWS STS API Reference, "DecodeAuthorizationMessage".
 */
export async function encodedMessage(
  caller: Caller,
  permission: Permission,
  refusal: Refusal,
  seal: SealPort,
): Promise<string> {
  const whole = details(caller, permission, refusal);
  const { context, ...rest } = whole;
  const { conditions: _conditions, ...bare } = context;
  const smaller = { ...rest, context: bare };
  for (const each of [whole, smaller, { ...smaller, matchedStatements: items([]) }]) {
    const encoded = await seal.seal(deflateRawSync(JSON.stringify(each)), purposeOf(caller.account));
    if (encoded.length <= LONGEST) return encoded;
  }
  return seal.seal(deflateRawSync('{"allowed":false}'), purposeOf(caller.account));
}

/** The details that a message holds; undefined when it is none of this account. */
export async function decodedMessage(
  encoded: string,
  account: string,
  seal: SealPort,
): Promise<string | undefined> {
  try {
    const packed = await seal.open(encoded, purposeOf(account));
    return inflateRawSync(packed, { maxOutputLength: DECODED_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
}

function purposeOf(account: string): string {
  return `authorization-message/${account}`;
}

interface Items {
  readonly items: readonly unknown[];
}

function items(values: readonly unknown[]): Items {
  return { items: values };
}

function details(caller: Caller, permission: Permission, refusal: Refusal) {
  return {
    allowed: false,
    explicitDeny: refusal.decision.kind === 'explicit',
    matchedStatements: items(
      refusal.statements.slice(0, MOST_STATEMENTS).map((each) => statementOf(each, caller)),
    ),
    failures: items([]),
    context: {
      principal: { id: caller.userId, arn: caller.arn },
      action: permission.action,
      resource: permission.resource,
      conditions: items(
        Object.entries(refusal.context).map(([key, value]) => ({ key, values: given(value) })),
      ),
    },
  };
}

function statementOf(
  { policy, statement }: StatementReport,
  caller: Caller,
): Readonly<Record<string, unknown>> {
  const { principals, actions, resources, conditions } = statement;
  return {
    statementId: statement.sid ?? '',
    sourcePolicy: policy.name,
    effect: statement.effect.toUpperCase(),
    ...(principals ? listed('principals', principals) : { principals: items([{ value: caller.userId }]) }),
    principalGroups: items([]),
    ...listed('actions', actions),
    ...(resources ? listed('resources', resources) : { resources: items([]) }),
    conditions: items(
      conditions.map(({ operator, key, values }) => ({ operator, key, values: textsOf(values) })),
    ),
  };
}

/** `actions`, or `notActions` of a negated list. */
function listed(
  name: string,
  { negated, items: elements }: Pick<ElementList, 'negated'> & { readonly items: readonly Element[] },
) {
  const key = negated ? `not${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
  return { [key]: textsOf(elements) };
}

function textsOf(elements: readonly { readonly text: PartialString }[]): Items {
  return items(elements.map(({ text }) => ({ value: showPartial(text) })));
}

function given(value: ContextValue): Items {
  const values = Array.isArray(value) ? value : [value];
  return items(values.map((each) => ({ value: String(each) })));
}
