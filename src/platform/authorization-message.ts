import { inflateRawSync } from 'node:zlib';
import { type PartialString, showPartial } from '../iam/engine.ts';
import type { StatementReport } from '../iam/explain/statement-report.ts';
import type { Element, ElementList } from '../iam/language/policy.ts';
import type { ContextValue } from '../iam/request.ts';
import type { Refusal } from './authorise.ts';
import type { Caller } from './caller.ts';
import type { Permission } from './context.ts';
import type { SealPort } from './ports.ts';

/** Some clients take no more than 8 KiB of response headers. */
const LONGEST = 6_144;
/** A message tells by its length no more than how many of these it fills. */
const BLOCK_BYTES = 512;
const MOST_STATEMENTS = 20;
const DECODED_BYTES = 262_144;

/**
 * The details of a refusal, sealed for the account of the caller: whoever is refused cannot read them without
 * permission. They are not compressed, and filled up to whole blocks: what the caller sends stands beside policies, and
 * the length would tell where both are alike. Parts are left out of a message that would be too long.
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
    const filled = inBlocks(JSON.stringify(each));
    if (base64Length(filled.length + SEAL_BYTES) > LONGEST) continue;
    return seal.seal(filled, purposeOf(caller.account));
  }
  return seal.seal(inBlocks('{"allowed":false}'), purposeOf(caller.account));
}

/** Spaces behind a JSON text mean nothing. */
function inBlocks(text: string): Buffer {
  const bytes = Buffer.from(text);
  const filled = Buffer.alloc(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES, ' ');
  bytes.copy(filled);
  return filled;
}

/** More than a seal adds. */
const SEAL_BYTES = 128;

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** The details that a message holds; undefined when it is none of this account. */
export async function decodedMessage(
  encoded: string,
  account: string,
  seal: SealPort,
): Promise<string | undefined> {
  try {
    const opened = Buffer.from(await seal.open(encoded, purposeOf(account)));
    // Older versions compressed their messages.
    const plain = opened[0] === BRACE ? opened : inflateRawSync(opened, { maxOutputLength: DECODED_BYTES });
    return plain.toString('utf8').trimEnd();
  } catch {
    return undefined;
  }
}

/** With which every JSON object begins, and no deflated text of one. */
const BRACE = 0x7b;

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
