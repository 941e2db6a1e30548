import { type Access, type Caller, checkDocument, compilePolicies, type Policy } from '../../iam/index.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { CallContext } from '../../platform/context.ts';
import type { InputOf } from '../../platform/service.ts';
import { contextKeysIn } from './context-keys.ts';
import { policyOf } from './documents.ts';
import { invalidInput } from './errors.ts';
import type { Handlers, Iam } from './handlers.ts';
import { documentInForce, managedPolicy } from './managed-policies.ts';
import { parseArn, rootArn } from './names.ts';
import { pageOf, paging } from './paging.ts';
import { type PolicyEntry, type PolicySource, policySource } from './policy-source.ts';
import { type Simulation, simulate } from './simulation.ts';

type Custom = InputOf<Iam, 'SimulateCustomPolicy'>;
type Principal = InputOf<Iam, 'SimulatePrincipalPolicy'>;
type Exclusion = NonNullable<Principal['PolicyExclusionList']>[number];
type Shared = Pick<
  Custom,
  | 'ActionNames'
  | 'ResourceArns'
  | 'ResourcePolicy'
  | 'ResourceOwner'
  | 'CallerArn'
  | 'ContextEntries'
  | 'Marker'
  | 'MaxItems'
>;

/** Most questions of one call: actions times resources. */
const MOST_QUESTIONS = 10_000;

/** Documents of a request, named by their place in it. @throws AwsError InvalidInput. */
function given(documents: readonly string[] | undefined, list: string): readonly Policy[] {
  return (documents ?? []).map((document, index) => {
    const name = `${list}.${index + 1}`;
    const failure = checkDocument(document, 'inline', name);
    if (failure !== undefined) throw invalidInput(`${name}: ${failure.message}`);
    return policyOf(document, name);
  });
}

function resourcePolicy({ ResourcePolicy: document, CallerArn }: Shared): Pick<Access, 'resource'> {
  if (document === undefined) return {};
  if (CallerArn === undefined) throw invalidInput('CallerArn is required when ResourcePolicy is given.');
  return { resource: compilePolicies([policyOf(document, 'ResourcePolicy')]) };
}

function answers(input: Shared, simulation: Simulation) {
  for (const action of input.ActionNames) {
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action)) {
      throw invalidInput(
        `Invalid Action. Actions have the form service:action, without wildcards: ${action}`,
      );
    }
  }
  const resources = input.ResourceArns ?? ['*'];
  if (input.ActionNames.length * resources.length > MOST_QUESTIONS) {
    throw invalidInput(`A simulation takes at most ${MOST_QUESTIONS} pairs of action and resource.`);
  }
  const questions = input.ActionNames.flatMap((action) =>
    resources.map((resource) => ({ action, resource })),
  );
  const numbered = questions.map((question, index) => ({
    ...question,
    order: String(index).padStart(5, '0'),
  }));
  const page = pageOf(numbered, ({ order }) => order, input);
  const results = page.items.map(({ action, resource }) => simulate(simulation, action, resource));
  return { EvaluationResults: results, ...paging(page) };
}

/** Keys of the request; one value for the plain types, several for the list types. */
function contextOf({ ContextEntries: entries }: Shared): Record<string, ContextValue> {
  const context: Record<string, ContextValue> = {};
  for (const { ContextKeyName: key, ContextKeyValues: values, ContextKeyType: type } of entries ?? []) {
    if (key === undefined || values === undefined || values.length === 0) continue;
    context[key] = type?.endsWith('List') ? values : (values[0] ?? '');
  }
  return context;
}

/** Whoever has no name of its own has no keys that follow from the name either. */
const NAMELESS = { 'aws:username': [], 'aws:userid': [], 'aws:PrincipalArn': [] } as const;

/** The caller of an ARN; without one a nameless user of the account. */
function callerOf(
  arn: string | undefined,
  account: string,
): { caller: Caller; keys: Record<string, ContextValue> } {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  if (arn !== undefined && arn === rootArn(account))
    return { caller: { type: 'account-root', account }, keys: {} };
  if (arn === undefined || parsed === undefined || parsed.kind === 'group') {
    return { caller: { type: 'user', arn: `arn:aws:iam::${account}:user/-` }, keys: NAMELESS };
  }
  if (parsed.kind === 'user') return { caller: { type: 'user', arn }, keys: {} };
  if (parsed.kind !== 'role') throw invalidInput(`Invalid Caller Arn: ${arn}`);
  const session = `arn:aws:sts::${parsed.account}:assumed-role/${parsed.name}/simulation`;
  return { caller: { type: 'role-session', role: arn, session }, keys: {} };
}

function simulationOf(input: Shared, access: Access, arn: string | undefined, account: string): Simulation {
  const { caller, keys } = callerOf(arn, account);
  const owner = input.ResourceOwner === undefined ? undefined : /\d{12}/.exec(input.ResourceOwner)?.[0];
  return { access, caller, context: { ...keys, ...contextOf(input) }, resourceOwner: owner ?? account };
}

/** The policies of an entity that a request leaves in, and its boundary. */
async function accessOf(
  context: CallContext,
  source: PolicySource,
  input: Principal,
): Promise<Pick<Access, 'identity' | 'boundary' | 'serviceControl' | 'managementAccount'>> {
  const { store, account, ports } = context;
  const excluded = input.PolicyExclusionList ?? [];
  const without = (type: string) => excluded.some((each) => each.PolicyType === type);
  const own = source.entries.filter((entry) => !excluded.some((each) => excludes(each, entry)));
  const policies = [...own.map(({ policy }) => policy), ...given(input.PolicyInputList, 'PolicyInputList')];
  const replaced = given(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList');
  const managed =
    source.boundary === undefined ? undefined : await managedPolicy(store, account, source.boundary);
  const bounding = managed && source.boundary ? [policyOf(documentInForce(managed), source.boundary)] : [];
  const boundary = replaced.length > 0 || without('permission-boundary') ? replaced : bounding;
  const organization = await ports.organization.of(account);
  return {
    identity: compilePolicies(policies),
    ...(boundary.length === 0 ? {} : { boundary: compilePolicies(boundary) }),
    ...(organization?.serviceControl && !without('scp')
      ? { serviceControl: organization.serviceControl }
      : {}),
    ...(organization ? { managementAccount: organization.managementAccount } : {}),
  };
}

/** Whether an entry of the exclusion list leaves a policy out. */
function excludes(exclusion: Exclusion, entry: PolicyEntry): boolean {
  if (exclusion.PolicyArn !== undefined) return exclusion.PolicyArn === entry.arn;
  const inline = exclusion.InlinePolicyIdentifier;
  if (inline !== undefined) {
    return (
      entry.type === 'INLINE' &&
      inline.PolicyName === entry.name &&
      inline.AttachmentName === entry.owner &&
      inline.AttachmentType?.toUpperCase() === entry.ownerKind
    );
  }
  switch (exclusion.PolicyType) {
    case 'inline':
      return entry.type === 'INLINE';
    case 'aws-managed':
      return entry.arn?.startsWith('arn:aws:iam::aws:') ?? false;
    case 'user-managed':
      return entry.type === 'MANAGED' && !entry.arn?.startsWith('arn:aws:iam::aws:');
    default:
      return false;
  }
}

function levels(input: Custom): Pick<Access, 'serviceControl'> {
  const ordered = input.OrderedOrganizationPolicyInputList;
  if (ordered === undefined || ordered.length === 0) return {};
  return {
    serviceControl: ordered.map((level, index) =>
      compilePolicies(
        given(level.ServiceControlPolicyInputList, `OrderedOrganizationPolicyInputList.${index + 1}`),
      ),
    ),
  };
}

/** Source: IAM API Reference, "SimulateCustomPolicy" and "SimulatePrincipalPolicy". */
export const simulateOperations = {
  async SimulateCustomPolicy(input, { account }) {
    const boundary = given(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList');
    const access: Access = {
      identity: compilePolicies(given(input.PolicyInputList, 'PolicyInputList')),
      ...(boundary.length === 0 ? {} : { boundary: compilePolicies(boundary) }),
      ...levels(input),
      ...resourcePolicy(input),
    };
    return answers(input, simulationOf(input, access, input.CallerArn, account));
  },

  async SimulatePrincipalPolicy(input, context) {
    const source = await policySource(context, input.PolicySourceArn);
    const access: Access = { ...(await accessOf(context, source, input)), ...resourcePolicy(input) };
    const caller = input.CallerArn ?? input.PolicySourceArn;
    return answers(input, simulationOf(input, access, caller, context.account));
  },

  async GetContextKeysForCustomPolicy(input) {
    const policies = given(input.PolicyInputList, 'PolicyInputList');
    return { ContextKeyNames: [...contextKeysIn(policies)] };
  },

  async GetContextKeysForPrincipalPolicy(input, context) {
    const { policies } = await policySource(context, input.PolicySourceArn);
    const more = given(input.PolicyInputList, 'PolicyInputList');
    return { ContextKeyNames: [...contextKeysIn([...policies, ...more])] };
  },
} satisfies Handlers;
