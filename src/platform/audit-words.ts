import { jsonText } from '../wire/codec/json-text.ts';
import type { AuditedCall } from './audited-call.ts';
import type { Caller, Session } from './caller.ts';
import type { Principal } from './identity.ts';

/** The parts of an audit record that are the same for every call of one operation by one caller, as JSON. */
export interface AuditWords {
  readonly account: string;
  readonly region: string;
  readonly eventSource: string;
  /** Between the id and the time. */
  readonly opening: string;
  /** Between the two times. */
  readonly between: string;
  /** Between the second time and the address that the call came from. */
  readonly origin: string;
  /** Behind `readOnly`. */
  readonly ending: string;
}

/** A caller is the same object from request to request; names of operations are a client's own words. */
const known = new WeakMap<Caller, Map<string, AuditWords>>();
const MOST_PER_CALLER = 500;

/** What is put into words once. */
export function auditWords(call: AuditedCall): AuditWords {
  const { caller, account, region, eventSource, eventName } = call;
  const isOwn = caller?.account === account;
  if (!caller || caller.kind === 'anonymous' || call.outside || !isOwn) return newWords(call);
  let ofCaller = known.get(caller);
  const before = ofCaller?.get(eventName);
  const same = before?.eventSource === eventSource && before.region === region && before.account === account;
  if (before && same) return before;
  if (!ofCaller || ofCaller.size >= MOST_PER_CALLER) {
    ofCaller = new Map();
    known.set(caller, ofCaller);
  }
  const words = newWords(call);
  ofCaller.set(eventName, words);
  return words;
}

function newWords(call: AuditedCall): AuditWords {
  const { account, region, eventSource, eventName } = call;
  const source = jsonText(`aws.${eventSource.split('.', 1)[0]}`);
  return {
    account,
    region,
    eventSource,
    opening: `","detail-type":"AWS API Call via CloudTrail","source":${source},"account":${jsonText(account)},"time":"`,
    between:
      `","region":${jsonText(region)},"resources":[],"detail":{"eventVersion":"1.11"` +
      `,"userIdentity":${JSON.stringify(userIdentity(call))},"eventTime":"`,
    origin:
      `","eventSource":${jsonText(eventSource)},"eventName":${jsonText(eventName)}` +
      `,"awsRegion":${jsonText(region)},"sourceIPAddress":`,
    ending:
      `,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":${jsonText(account)}` +
      ',"eventCategory":"Management"',
  };
}

const IDENTITY_TYPES: Readonly<Record<Caller['kind'], string>> = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
  anonymous: 'Unknown',
};

/** Source: AWS CloudTrail User Guide, "CloudTrail userIdentity element". */
function userIdentity({ caller, claimedKey, outside, account }: AuditedCall): Record<string, unknown> {
  if (outside) {
    const { type, principalId, userName, identityProvider } = outside;
    return { type, principalId, userName, identityProvider };
  }
  if (!caller || caller.kind === 'anonymous') {
    return { type: 'Unknown', ...(claimedKey !== undefined && { accessKeyId: claimedKey }) };
  }
  const { principal, session } = caller;
  // Another account learns whose account it was, and the unique id that its policies may name.
  if (account !== caller.account) {
    return { type: 'AWSAccount', principalId: caller.userId, accountId: caller.account };
  }
  return {
    type: IDENTITY_TYPES[caller.kind],
    principalId: caller.userId,
    arn: caller.arn,
    accountId: caller.account,
    accessKeyId: caller.accessKeyId,
    ...(caller.kind === 'user' && principal && { userName: principal.name }),
    ...(session && { sessionContext: sessionContext(session, principal) }),
  };
}

const ISSUER_TYPES: Readonly<Record<Principal['kind'], string>> = {
  root: 'Root',
  user: 'IAMUser',
  role: 'Role',
};

function sessionContext(session: Session, principal: Principal | undefined): Record<string, unknown> {
  const { kind, issuedAt, mfaAt, sourceIdentity, federatedProvider, assumedRoot, context } = session;
  return {
    // A session of GetSessionToken is the user or root user itself.
    ...(principal &&
      kind !== 'session' && {
        sessionIssuer: {
          type: ISSUER_TYPES[principal.kind],
          principalId: principal.id,
          arn: principal.arn,
          accountId: principal.account,
          userName: principal.name,
        },
      }),
    ...(federatedProvider?.includes(':oidc-provider/') && {
      webIdFederationData: { federatedProvider, attributes: context ?? {} },
    }),
    attributes: {
      creationDate: new Date(issuedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
      mfaAuthenticated: String(mfaAt !== undefined),
    },
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(assumedRoot && { assumedRoot: 'true' }),
  };
}
