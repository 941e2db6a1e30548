import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done } from '../outcome.ts';
import { cfnOf, read } from '../place.ts';

/** Types at which `MfaSafeguard` attaches. */
export const MFA_PLACES = ['AWS::Cognito::UserPool'] as const;

export interface MfaSafeguardProps {
  /** A Cognito user pool. */
  readonly place: IConstruct;
}

/**
 * Requires a second factor (an authenticator app) of every user of a pool.
 *
 * - Stops: sign-in with a stolen or guessed password. - Attaches to: Cognito user pools.
 * - Costs: nothing.
 * - Limits: off unless named, because each user must set it up at the next sign-in, and a sign-in page of your own
 *   must know the challenge. The account's root user and people in IAM need theirs by hand.
 */
export class MfaSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: MfaSafeguardProps) {
    super(scope, id);
    this.done = requireFactor(cfnOf(props.place));
  }
}

function requireFactor(pool: CfnResource): Done {
  if (read(pool, 'MfaConfiguration') === 'ON') return alreadyOn('every user needs a second factor');
  set(pool, 'MfaConfiguration', 'ON');
  if (read(pool, 'EnabledMfas') === undefined) set(pool, 'EnabledMfas', ['SOFTWARE_TOKEN_MFA']);
  return attached('every user needs a second factor');
}
