import { evaluate } from '../../iam/engine.ts';
import type { ContextValue } from '../../iam/request.ts';
import { requestKeys } from '../../platform/authorise.ts';
import type { CallContext } from '../../platform/context.ts';
import { accessDenied } from './errors.ts';
import { type Role, roleTags } from './roles.ts';

/** Somebody whom an identity provider vouches for and who has no principal here. */
export interface Outsider {
  readonly type: 'web-identity' | 'saml';
  /** The ARN of the provider. */
  readonly provider: string;
}

/**
 * Asks the trust policy of a role, and the resource control policies of its account, about an outsider.
 *
 * @throws AwsError AccessDenied when one of the actions is not allowed.
 */
export async function demandTrust(
  role: Role,
  outsider: Outsider,
  actions: readonly string[],
  keys: Readonly<Record<string, ContextValue>>,
  context: CallContext,
): Promise<void> {
  const organization = await context.ports.organization.of(role.account);
  const access = {
    resource: role.role.trust,
    ...(organization?.resourceControl && { resourceControl: organization.resourceControl }),
    ...(organization && { managementAccount: organization.managementAccount }),
  };
  const [main = ''] = actions;
  for (const action of actions) {
    const { verdict } = evaluate(access, {
      principal: { type: outsider.type, name: outsider.provider },
      action,
      resource: role.arn,
      resourceAccount: role.account,
      context: {
        ...requestKeys(context),
        ...roleTags(role),
        'aws:ResourceAccount': role.account,
        ...(organization && {
          'aws:ResourceOrgID': organization.id,
          'aws:ResourceOrgPaths': [organization.path],
        }),
        ...keys,
      },
    });
    if (verdict !== 'ALLOW') throw accessDenied(`Not authorized to perform ${main}`);
  }
}
