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
  /** At once for whoever was met before, on a resource of the own account. */
  decide(permission: Permission): Decision | Promise<Decision>;
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
  let standing: Standing | Promise<Standing> | undefined;
  const known = () => {
    standing ??= standingOf(facts);
    return standing;
  };
  return {
    decide(permission) {
      const own = known();
      const question = own instanceof Promise ? undefined : questionAtHand(facts, own, permission);
      return question ? answer(question) : decideLater(facts, own, permission);
    },
    async refusal(permission, decision) {
      return refusal(await question(facts, await known(), permission), decision);
    },
  };
}

/** What is the same for all requests of a caller under one version of the identities. */
interface Standing {
  readonly own: Access;
  readonly organization: OrganizationFacts | undefined;
  /** Policies that the session was scoped down with, each a limit to everything. */
  readonly scopes: readonly PolicyProgram[];
}

/** By the organization's facts, which are others under the next version. */
const standings = new WeakMap<Caller, { readonly source: OrganizationSource; readonly standing: Standing }>();

function standingOf(facts: AuthorisationFacts): Standing | Promise<Standing> {
  const before = standings.get(facts.caller);
  return before?.source === facts.organization ? before.standing : findStanding(facts);
}

async function findStanding(facts: AuthorisationFacts): Promise<Standing> {
  const { caller } = facts;
  const organization = caller.kind === 'anonymous' ? undefined : await facts.organization.of(caller.account);
  const session = caller.session && (await sessionProgram(caller.session, facts.identity));
  const { principal } = caller;
  const standing: Standing = {
    organization,
    scopes: caller.session ? scopesOf(caller.session, session) : NO_SCOPES,
    own: {
      ...(principal && { identity: principal.identity }),
      ...(principal?.boundary && { boundary: principal.boundary }),
      ...(session && { session }),
      ...(organization?.serviceControl && { serviceControl: organization.serviceControl }),
      ...(organization && { managementAccount: organization.managementAccount }),
    },
  };
  // A caller without a session is the same object from request to request.
  if (!caller.session && principal) standings.set(caller, { source: facts.organization, standing });
  return standing;
}

interface Question {
  readonly access: Access;
  readonly request: Asked;
  readonly owner: string;
  readonly together: boolean;
  readonly scopes: readonly PolicyProgram[];
}

async function decideLater(
  facts: AuthorisationFacts,
  standing: Standing | Promise<Standing>,
  permission: Permission,
): Promise<Decision> {
  return answer(await question(facts, await standing, permission));
}

function answer({ access, request, scopes }: Question): Decision {
  const decision = evaluate(access, request);
  if (scopes.length === 0 || decision.verdict !== 'ALLOW') return decision;
  for (const scope of scopes) {
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
  { access, request, owner, together, scopes }: Question,
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

function ownerOf({ caller }: AuthorisationFacts, { resourceAccount, resource }: Permission): string {
  return resourceAccount ?? accountIn(resource) ?? caller.account;
}

/** The question about a resource of the caller's account; undefined for others, of which more has to be found out. */
function questionAtHand(
  facts: AuthorisationFacts,
  standing: Standing,
  permission: Permission,
): Question | undefined {
  const owner = ownerOf(facts, permission);
  if (owner !== facts.caller.account) return undefined;
  return questionOf(facts, standing, permission, owner, standing.organization);
}

async function question(
  facts: AuthorisationFacts,
  standing: Standing,
  permission: Permission,
): Promise<Question> {
  const owner = ownerOf(facts, permission);
  const own = owner === facts.caller.account;
  const theirs = own ? standing.organization : await facts.organization.of(owner);
  return questionOf(facts, standing, permission, owner, theirs);
}

function questionOf(
  facts: AuthorisationFacts,
  { own, organization, scopes }: Standing,
  permission: Permission,
  owner: string,
  theirs: OrganizationFacts | undefined,
): Question {
  const together = owner === facts.caller.account || (theirs && theirs.id === organization?.id) === true;
  const access: Access = {
    ...own,
    ...(theirs?.resourceControl && { resourceControl: theirs.resourceControl }),
    ...(permission.resourcePolicy && { resource: permission.resourcePolicy }),
    ...(permission.grants && { grants: permission.grants }),
  };
  const request = new Asked(facts, permission, owner, organization, theirs);
  return { access, request, owner, together, scopes };
}

/** A request as the engine reads it. Most policies ask for no condition key: they are gathered when one does. */
class Asked implements AccessRequest {
  readonly principal: Caller['policyCaller'];
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly #facts: AuthorisationFacts;
  readonly #permission: Permission;
  readonly #organization: OrganizationFacts | undefined;
  readonly #theirs: OrganizationFacts | undefined;
  #context: Readonly<Record<string, ContextValue>> | undefined;

  constructor(
    facts: AuthorisationFacts,
    permission: Permission,
    owner: string,
    organization: OrganizationFacts | undefined,
    theirs: OrganizationFacts | undefined,
  ) {
    this.principal = facts.caller.policyCaller;
    this.action = permission.action;
    this.resource = permission.resource;
    this.resourceAccount = owner;
    this.#facts = facts;
    this.#permission = permission;
    this.#organization = organization;
    this.#theirs = theirs;
  }

  get context(): Readonly<Record<string, ContextValue>> {
    const { caller, now } = this.#facts;
    const theirs = this.#theirs;
    this.#context ??= {
      ...requestKeys(this.#facts),
      ...callerKeys(caller, now, this.#organization),
      'aws:ResourceAccount': this.resourceAccount,
      ...(theirs && { 'aws:ResourceOrgID': theirs.id, 'aws:ResourceOrgPaths': [theirs.path] }),
      ...this.#permission.context,
    };
    return this.#context;
  }
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
