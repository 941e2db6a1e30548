import { randomUUID } from 'node:crypto';
import type { Decision } from '../iam/engine.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Store, Operation as StoreOperation } from '../store/store.ts';
import { AwsError, awsError } from '../wire/aws-error.ts';
import type { OperationShape } from '../wire/schema/shape.ts';
import { type AuditedCall, auditEvent, auditRecord, readsOnly } from './audit.ts';
import type { AuditLog } from './audit-log.ts';
import { auditView } from './audit-view.ts';
import { type Authoriser, authoriser } from './authorise.ts';
import type { Caller } from './caller.ts';
import type { CallContext, Permission, RequestFacts } from './context.ts';
import { isDeclaredAction, undeclaredKey } from './declared.ts';
import { denialError } from './denial.ts';
import type { IdentityLease } from './identity-version.ts';
import { IDENTITY_TOPIC, moveIdentityVersion } from './identity-version.ts';
import type { AnyOperation, LoadedService } from './loaded-service.ts';
import type { Ports } from './ports.ts';
import { Change, NO_PERMISSION_NEEDED } from './service.ts';
import { unknownMember } from './strict-output.ts';

/** What a call runs on. */
export interface DispatchHost {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly lease: IdentityLease;
  readonly region: string;
  /** Told of what is thrown and is no error of AWS's. */
  onDefect(error: unknown): void;
  /** In tests: defects of a service's declaration are thrown instead of being answered with a 500. */
  readonly strict?: boolean;
}

/** A decoded call by somebody whose signature was verified. */
export interface Call {
  readonly service: LoadedService;
  readonly operation: string;
  readonly input: unknown;
  readonly caller: Caller;
  /** The ports with the identities of the version in force for this call. */
  readonly ports: Ports;
  readonly request: RequestFacts;
  readonly requestId: string;
  readonly now: Date;
  readonly region: string;
  /** Records a failure; absent: each has a record of its own. */
  readonly recordFailure?: ((failure: AuditedCall) => Promise<void>) | undefined;
}

/** What became of a call: its output, or an error of AWS's. Its audit record is on the disk. */
export type Outcome = { readonly output: unknown } | { readonly error: AwsError };

/** How often a handler runs again because somebody else was faster. */
const ATTEMPTS = 20;

/** Checks, authorises and does a call, and writes its audit record with its effect. Never throws on input. */
export async function dispatch(host: DispatchHost, call: Call): Promise<Outcome> {
  const shape = call.service.shape(call.operation);
  const built = call.service.built(call.operation);
  if (!shape || !built) return fail(host, call, shape, built, notBuilt(call));
  try {
    const violations = call.service.violations(shape, call.input);
    if (violations !== undefined) {
      const { code, status } = call.service.errors.validation;
      throw awsError(code, violations, { status });
    }
    const context = contextOf(host, call, built);
    if (built.authorise !== NO_PERMISSION_NEEDED) {
      const asked = built.authorise(call.input as never, context);
      const permissions = asked instanceof Promise ? await asked : asked;
      for (const permission of permissions) {
        const demanded = context.demand(permission);
        if (demanded instanceof Promise) await demanded;
      }
    }
    for (let attempt = 1; ; attempt += 1) {
      const answer = await built.handle(call.input as never, context);
      const output = answer instanceof Change ? answer.output : answer;
      if (host.strict) refuseUnknownMembers(call, shape, output);
      try {
        await save(host, call, answer, records(call, shape, built, output));
        return { output };
      } catch (error) {
        if (!wasOvertaken(error)) throw error;
        if (attempt === ATTEMPTS) throw overtaken();
      }
    }
  } catch (error) {
    return fail(host, call, shape, built, asAwsError(host, error));
  }
}

function notBuilt({ service, operation }: Call): AwsError {
  const reasons = service.definition.notBuilt ?? {};
  const why = Object.hasOwn(reasons, operation) ? `: ${reasons[operation]?.en}` : '';
  return awsError(
    'NotImplemented',
    `${service.signingName}:${operation} is not built in this version of Honmaru${why}.`,
    {
      status: 501,
    },
  );
}

/** Anything but an error of AWS's is a defect: it is logged, and the caller learns nothing of it. */
function asAwsError(host: DispatchHost, error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (host.strict) throw error;
  host.onDefect(error);
  return awsError('InternalFailure', 'The request processing has failed because of an unknown error.', {
    status: 500,
  });
}

function refuseUnknownMembers(call: Call, shape: OperationShape, output: unknown): void {
  const found = unknownMember(shape.output, output);
  if (found === undefined) return;
  throw new Error(`${call.service.id}:${call.operation} answers ${found}, which its schema does not know`);
}

function wasOvertaken(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return code === 'store-conflict' || code === 'store-unique';
}

function overtaken(): AwsError {
  return awsError('ConcurrentModification', 'The resource is being changed by other requests; try again.', {
    status: 409,
  });
}

/** The audit record with what the handler changed in one transaction; on its own when that is nothing. */
function save(
  host: DispatchHost,
  call: Call,
  answer: unknown,
  [audited, ...others]: readonly [AuditedCall, ...AuditedCall[]],
): Promise<void> {
  const { operations, events } = answer instanceof Change ? answer : NO_CHANGE;
  if (operations.length + events.length + others.length === 0) {
    return host.audit.append(auditRecord(audited));
  }
  return commit(host, call, operations, [...events, ...[audited, ...others].map(auditEvent)]);
}

const NO_CHANGE = { operations: [], events: [] } as const;

/**
 * The record of a call for the account of its caller, and one for that of the resource where this is another and the call
 * is recorded there too; a refused call is not, so that nobody fills the records of strangers.
 * Source: IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail".
 */
function records(
  call: Call,
  shape: OperationShape,
  built: AnyOperation,
  output: unknown,
): readonly [AuditedCall, ...AuditedCall[]] {
  const audited = auditedCall(call, shape, built, output, undefined);
  const other = built.alsoRecordedIn?.(call.input as never);
  if (other === undefined || other === audited.account) return [audited];
  const sharedEventId = randomUUID();
  return [
    { ...audited, sharedEventId },
    { ...audited, account: other, sharedEventId },
  ];
}

async function commit(
  host: DispatchHost,
  call: Call,
  operations: readonly StoreOperation[],
  events: readonly EventEnvelope[],
): Promise<void> {
  const { definition, built } = call.service;
  const decides = definition.changesIdentity === true && built(call.operation)?.addsOnly !== true;
  const moves = operations.length > 0 && decides;
  const all = moves ? [...operations, moveIdentityVersion(call.now)] : operations;
  const { versions } = await host.store.transact({
    operations: all,
    events,
    ...(moves && { announce: IDENTITY_TOPIC }),
  });
  const version = moves ? versions.at(-1) : undefined;
  if (version !== undefined) host.lease.moved(version);
}

async function fail(
  host: DispatchHost,
  call: Call,
  shape: OperationShape | undefined,
  built: AnyOperation | undefined,
  error: AwsError,
): Promise<Outcome> {
  const failure = auditedCall(call, shape, built, undefined, error);
  await (call.recordFailure ? call.recordFailure(failure) : host.audit.append(auditRecord(failure)));
  return { error };
}

function auditedCall(
  call: Call,
  shape: OperationShape | undefined,
  built: AnyOperation | undefined,
  output: unknown,
  error: AwsError | undefined,
): AuditedCall {
  const readOnly = built?.readOnly ?? readsOnly(call.operation);
  const hidden = built?.redact ?? NOTHING_HIDDEN;
  const shown = shape !== undefined && output !== undefined && (!readOnly || built?.recordsAnswer === true);
  const outside = output === undefined ? undefined : built?.sentBy?.(call.input as never, output as never);
  return {
    caller: call.caller,
    outside,
    account: outside?.account ?? call.caller.account,
    region: call.region,
    requestId: call.requestId,
    now: call.now,
    request: call.request,
    eventSource: call.service.eventSource,
    eventName: call.operation,
    readOnly,
    requestParameters: shape ? auditView(shape.input, call.input, hidden) : null,
    responseElements: shown ? auditView(shape.output, output, hidden) : null,
    error,
  };
}

const NOTHING_HIDDEN: readonly string[] = [];

function contextOf(host: DispatchHost, call: Call, built: AnyOperation): CallContext {
  const { caller, ports, request, requestId, now, region, service } = call;
  let asked: Authoriser | undefined;
  const asking = (permission: Permission): Authoriser => {
    checkDeclared(host, service, call.operation, built, permission);
    asked ??= authoriser({
      caller,
      request,
      region,
      now,
      identity: ports.identity,
      organization: ports.organization,
    });
    return asked;
  };
  return {
    caller,
    account: caller.account,
    region,
    partition: 'aws',
    requestId,
    now: momentOf(service, now),
    request,
    store: host.store,
    ports,
    decide: async (permission) => asking(permission).decide(permission),
    demand(permission) {
      const authorisation = asking(permission);
      const demandAllowed = (decision: Decision) =>
        decision.verdict === 'ALLOW' ? undefined : refuse(authorisation, permission, decision);
      const decided = authorisation.decide(permission);
      return decided instanceof Promise ? decided.then(demandAllowed) : demandAllowed(decided);
    },
  };

  async function refuse(
    authorisation: Authoriser,
    permission: Permission,
    decision: Decision,
  ): Promise<never> {
    const refusal = await authorisation.refusal(permission, decision);
    throw await denialError(caller, permission, refusal, service.errors, ports.seal);
  }
}

/** The services that speak awsQuery (IAM, STS) keep times in whole seconds. */
function momentOf({ model }: LoadedService, now: Date): Date {
  return model.protocol === 'awsQuery' ? new Date(Math.floor(now.getTime() / 1000) * 1000) : now;
}

/** An undeclared action or key would escape the check against AWS's reference: it is a defect. */
function checkDeclared(
  { strict }: DispatchHost,
  service: LoadedService,
  operation: string,
  built: AnyOperation,
  permission: Permission,
): void {
  if (!isDeclaredAction(service, operation, built, permission.action)) {
    throw new Error(`${service.id}:${operation} asks for ${permission.action}, which it does not declare`);
  }
  // The keys are gathered when a policy asks for one; tests, which go through all operations, ask for all.
  const key = strict ? undeclaredKey(built, permission) : undefined;
  if (key !== undefined) {
    throw new Error(`${service.id}:${operation} gives the condition key ${key}, which it does not declare`);
  }
}
