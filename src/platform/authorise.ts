import {
  type Access,
  compilePolicies,
  type Decision,
  evaluate,
  type PolicyProgram,
  parsePolicyText,
} from '../iam/engine.ts';
import type { StatementReport } from '../iam/explain/statement-report.ts';
import type { AccessRequest, ContextValue } from '../iam/request.ts';
import { YES } from '../iam/truth.ts';
import type { Caller, Session } from './caller.ts';
import type { Permission, RequestFacts } from './context.ts';
import type { IdentitySource, OrganizationFacts, OrganizationSource } from './identity.ts';

/** What the engine is asked with, besides the permission. */
export interface AuthorisationFacts {
  readonly caller: Caller;
  readonly request: RequestFacts;
  readonly region: string;
  readonly now: Date;
  readonly identity: IdentitySource;
  readonly organization: OrganizationSource;
}

/** The policies and condition keys of one request, gathered once for all its permissions. */
export interface Authoriser {
  decide(permission: Permission): Promise<Decision>;
  /** What made a decision that refuses; slower than deciding. */
  refusal(permission: Permission, decision: Decision): Promise<Refusal>;
}

/** A refusal with what made it so. */
export interface Refusal {
  readonly decision: Decision;
  /** The Deny statements of the deciding layer that hold; empty when nothing allows. */
  readonly statements: readonly StatementReport[];
  /** The condition keys that the policies were asked with. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The account that the resource belongs to. */
  readonly owner: string;
  /** Whether the owner is the caller's account or in the same organization. */
  readonly together: boolean;
}

/** Prepares the decisions about one request. */
export function authoriser(facts: AuthorisationFacts): Authoriser {
  let prepared: Promise<Prepared> | undefined;
  return {
    async decide(permission) {
      prepared ??= prepare(facts);
      return decide(facts, await prepared, permission);
    },
    async refusal(permission, decision) {
      prepared ??= prepare(facts);
      return refusal(await question(facts, await prepared, permission), (await prepared).scopes, decision);
    },
  };
}

interface Prepared {
  readonly own: Access;
  readonly keys: Readonly<Record<string, ContextValue>>;
  readonly organization: OrganizationFacts | undefined;
  /** Policies that the session was scoped down with, each a limit to everything. */
  readonly scopes: readonly PolicyProgram[];
}

async function prepare(facts: AuthorisationFacts): Promise<Prepared> {
  const { caller } = facts;
  const organization = caller.kind === 'anonymous' ? undefined : await facts.organization.of(caller.account);
  const session = caller.session && (await sessionProgram(caller.session, facts.identity));
  const { principal } = caller;
  return {
    organization,
    scopes: caller.session ? scopesOf(caller.session, session) : NO_SCOPES,
    keys: { ...requestKeys(facts), ...callerKeys(caller, facts.now, organization) },
    own: {
      ...(principal && { identity: principal.identity }),
      ...(principal?.boundary && { boundary: principal.boundary }),
      ...(session && { session }),
      ...(organization?.serviceControl && { serviceControl: organization.serviceControl }),
      ...(organization && { managementAccount: organization.managementAccount }),
    },
  };
}

interface Question {
  readonly access: Access;
  readonly request: AccessRequest & { readonly context: Readonly<Record<string, ContextValue>> };
  readonly owner: string;
  readonly together: boolean;
}

async function decide(
  facts: AuthorisationFacts,
  prepared: Prepared,
  permission: Permission,
): Promise<Decision> {
  const { access, request } = await question(facts, prepared, permission);
  const decision = evaluate(access, request);
  if (prepared.scopes.length === 0 || decision.verdict !== 'ALLOW') return decision;
  for (const scope of prepared.scopes) {
    const within = withinScope(access, scope, request);
    if (within.verdict !== 'ALLOW') return within;
  }
  return decision;
}

const NO_SCOPES: readonly PolicyProgram[] = [];

/** A scope is asked like the policy of a VPC endpoint, past which nothing grants, and named as a session policy. */
function withinScope(access: Access, scope: PolicyProgram, request: AccessRequest): Decision {
  const decision = evaluate({ ...access, endpoint: scope }, request);
  return decision.layer === 'endpoint' ? { ...decision, layer: 'session' } : decision;
}

async function refusal(
  { access, request, owner, together }: Question,
  scopes: readonly PolicyProgram[],
  decision: Decision,
): Promise<Refusal> {
  const common = { decision, owner, together, context: request.context };
  if (decision.kind !== 'explicit') return { ...common, statements: [] };
  // Explaining is loaded when somebody is refused explicitly for the first time.
  const { explain } = await import('../iam/explain/explain.ts');
  const own = explain(access, request).layers.filter(({ layer }) => layer === decision.layer);
  const scoped = decision.layer === 'session' ? scopes : [];
  const layers = [...own, ...scoped.flatMap((endpoint) => explain({ endpoint }, request).layers)];
  const statements = layers
    .flatMap((layer) => layer.statements)
    .filter(({ holds, statement }) => holds === YES && statement.effect === 'Deny');
  return { ...common, statements };
}

async function question(
  facts: AuthorisationFacts,
  prepared: Prepared,
  permission: Permission,
): Promise<Question> {
  const { caller } = facts;
  const owner = permission.resourceAccount ?? accountIn(permission.resource) ?? caller.account;
  const theirs = owner === caller.account ? prepared.organization : await facts.organization.of(owner);
  const access: Access = {
    ...prepared.own,
    ...(theirs?.resourceControl && { resourceControl: theirs.resourceControl }),
    ...(permission.resourcePolicy && { resource: permission.resourcePolicy }),
    ...(permission.grants && { grants: permission.grants }),
  };
  const request: Question['request'] = {
    principal: caller.policyCaller,
    action: permission.action,
    resource: permission.resource,
    resourceAccount: owner,
    context: {
      ...prepared.keys,
      'aws:ResourceAccount': owner,
      ...(theirs && { 'aws:ResourceOrgID': theirs.id, 'aws:ResourceOrgPaths': [theirs.path] }),
      ...permission.context,
    },
  };
  const together = owner === caller.account || (theirs && theirs.id === prepared.organization?.id) === true;
  return { access, request, owner, together };
}

function accountIn(arn: string): string | undefined {
  const account = arn.split(':', 5)[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** Keys of every request. Source: IAM User Guide, "AWS global condition context keys". */
export function requestKeys({
  request,
  region,
  now,
}: Pick<AuthorisationFacts, 'request' | 'region' | 'now'>): Record<string, ContextValue> {
  return {
    'aws:CurrentTime': now.toISOString().replace(/\.\d+Z$/, 'Z'),
    'aws:EpochTime': Math.floor(now.getTime() / 1000),
    'aws:RequestedRegion': region,
    'aws:SecureTransport': request.secureTransport,
    'aws:SourceIp': request.sourceIp,
    ...(request.userAgent !== '' && { 'aws:UserAgent': request.userAgent }),
    'aws:ViaAWSService': request.viaService !== undefined,
  };
}

/** Keys of the caller and its session. */
function callerKeys(
  caller: Caller,
  now: Date,
  organization: OrganizationFacts | undefined,
): Record<string, ContextValue> {
  const keys: Record<string, ContextValue> = {};
  const tags = { ...caller.principal?.tags, ...caller.session?.tags };
  for (const [name, value] of Object.entries(tags)) keys[`aws:PrincipalTag/${name}`] = value;
  if (organization) {
    keys['aws:PrincipalOrgID'] = organization.id;
    keys['aws:PrincipalOrgPaths'] = [organization.path];
  }
  return caller.session ? { ...keys, ...sessionKeys(caller.session, now) } : keys;
}

function sessionKeys(session: Session, now: Date): Record<string, ContextValue> {
  const { issuedAt, mfaAt, sourceIdentity, federatedProvider, assumedRoot } = session;
  return {
    ...session.context,
    'aws:TokenIssueTime': new Date(issuedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    'aws:MultiFactorAuthPresent': mfaAt !== undefined,
    ...(assumedRoot && { 'aws:AssumedRoot': true }),
    ...(mfaAt !== undefined && {
      'aws:MultiFactorAuthAge': Math.max(0, Math.floor((now.getTime() - mfaAt) / 1000)),
    }),
    ...(sourceIdentity !== undefined && { 'aws:SourceIdentity': sourceIdentity }),
    ...(federatedProvider !== undefined && { 'aws:FederatedProvider': federatedProvider }),
  };
}

/**
 * The session policies of a session. A role session without any is not limited; a federated user without
 * any may only do what resource policies grant to it by name.
 * Source: IAM User Guide, "Session policies"; AWS STS API Reference, "GetFederationToken".
 */
async function sessionProgram(
  session: Session,
  identity: IdentitySource,
): Promise<PolicyProgram | undefined> {
  const { policies = [], policyArns = [], kind } = session;
  if (policies.length + policyArns.length === 0) {
    return kind === 'federated-user' ? compilePolicies([]) : undefined;
  }
  const managed = await Promise.all(policyArns.map((arn) => identity.managedPolicy(arn, session.account)));
  return mergedProgram(session, managed);
}

const inlineOnly = new WeakMap<Session, PolicyProgram>();

/** Inline and managed session policies stand side by side; one that is gone grants nothing. */
function mergedProgram(session: Session, managed: readonly (PolicyProgram | undefined)[]): PolicyProgram {
  const before = managed.length === 0 ? inlineOnly.get(session) : undefined;
  if (before) return before;
  const inline = (session.policies ?? []).map((text) => parsePolicyText(text, 'session policy'));
  const program = compilePolicies([...inline, ...managed.flatMap((each) => each?.policies ?? [])]);
  if (managed.length === 0) inlineOnly.set(session, program);
  return program;
}

/** The task of an assumed root user is a limit past which no policy of a resource grants. */
function scopesOf(session: Session, own: PolicyProgram | undefined): readonly PolicyProgram[] {
  const scopes = session.scopes ? scopePrograms(session, session.scopes) : NO_SCOPES;
  return session.assumedRoot && own ? [...scopes, own] : scopes;
}

const compiledScopes = new WeakMap<Session, readonly PolicyProgram[]>();

function scopePrograms(session: Session, scopes: readonly string[]): readonly PolicyProgram[] {
  const before = compiledScopes.get(session);
  if (before) return before;
  const programs = scopes.map((text) => compilePolicies([parsePolicyText(text, 'scope down policy')]));
  compiledScopes.set(session, programs);
  return programs;
}
