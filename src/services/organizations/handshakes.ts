import type * as Sdk from '@aws-sdk/client-organizations';
import type { CallContext } from '../../platform/context.ts';
import { type AwsError, awsError, change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { handshakeArn } from './arns.ts';
import { invitations } from './collections.ts';
import { notFound } from './errors.ts';
import { everyOf, type Found } from './find.ts';
import type { HandshakeAction, InvitationRecord } from './records.ts';

type State = InvitationRecord['state'] | 'EXPIRED';

export function actionOf({ action = 'INVITE' }: InvitationRecord): HandshakeAction {
  return action;
}

export function stateOf({ state, expiresAt }: InvitationRecord, now: Date): State {
  return isPending(state) && expiresAt <= now.getTime() ? 'EXPIRED' : state;
}

function isPending(state: State): boolean {
  return state === 'OPEN' || state === 'REQUESTED';
}

export function shownHandshake(handshake: InvitationRecord, now: Date): Sdk.Handshake {
  const { id, org, management, account, at, expiresAt, notes } = handshake;
  const action = actionOf(handshake);
  const toAccount = action !== 'ENABLE_ALL_FEATURES';
  return {
    Id: id,
    Arn: handshakeArn(handshake, id, action),
    Action: action,
    State: stateOf(handshake, now),
    RequestedTimestamp: new Date(at),
    ExpirationTimestamp: new Date(expiresAt),
    Parties: [
      { Id: org.slice('o-'.length), Type: 'ORGANIZATION' },
      ...(toAccount ? [{ Id: account, Type: 'ACCOUNT' as const }] : []),
    ],
    Resources: [
      { Type: 'ORGANIZATION', Value: org, Resources: [{ Type: 'MASTER_NAME', Value: management }] },
      ...(toAccount ? [{ Type: 'ACCOUNT' as const, Value: account }] : []),
      ...(notes === undefined ? [] : [{ Type: 'NOTES' as const, Value: notes }]),
    ],
  };
}

/** A handshake that concerns the caller, as the one who began it or the one who is asked. @throws AwsError HandshakeNotFound. */
export async function handshakeOf(
  id: string,
  { store, account }: CallContext,
  side: 'management' | 'account',
): Promise<Found<InvitationRecord>> {
  const found = await store.get(invitations, id);
  if (found?.value[side] !== account) throw notFound('handshake');
  return found;
}

/** @throws AwsError for a handshake that is over, or not ready to be accepted. */
export function demandOpen(handshake: InvitationRecord, wanted: State, now: Date): void {
  const state = stateOf(handshake, now);
  if (state === 'OPEN' || (state === 'REQUESTED' && wanted === 'CANCELED')) return;
  if (state === wanted) {
    throw awsError(
      'HandshakeAlreadyInStateException',
      'The specified handshake is already in the requested state.',
    );
  }
  throw awsError(
    'InvalidHandshakeTransitionException',
    "You can't perform the operation on the handshake in its current state.",
  );
}

export function violated(Reason: Sdk.HandshakeConstraintViolationExceptionReason, message: string): AwsError {
  return awsError('HandshakeConstraintViolationException', message, { fields: { Reason } });
}

/** The handshakes of an organization with one action that are not over. */
export async function pendingOf(
  { store, now }: CallContext,
  org: string,
  action: HandshakeAction,
): Promise<readonly Found<InvitationRecord>[]> {
  const all = await everyOf(store, invitations, { index: 'org', equals: org });
  return all.filter(({ value }) => actionOf(value) === action && isPending(stateOf(value, now)));
}

/** Writes a handshake in another state. */
export function moved(found: Found<InvitationRecord>, state: InvitationRecord['state']) {
  return put(invitations, found.key, { ...found.value, state }, found.version);
}

/** Ends a handshake in a state, with what ends together with it. */
export function ended(
  found: Found<InvitationRecord>,
  state: InvitationRecord['state'],
  now: Date,
  others: readonly Found<InvitationRecord>[] = [],
) {
  const Handshake = shownHandshake({ ...found.value, state }, now);
  return change({ Handshake }, [moved(found, state), ...others.map((each) => moved(each, state))]);
}
