import type { CallContext } from '../../platform/context.ts';
import type { OrganizationFacts, OrganizationServices, RootFeature } from '../../platform/identity.ts';
import { awsError, change } from '../../platform/service.ts';
import type { Store } from '../../store/store.ts';
import { settingsOf } from './account-settings.ts';
import { accounts } from './collections.ts';
import { byId, save } from './find.ts';
import type { Handlers } from './handlers.ts';

const IAM = 'iam.amazonaws.com';

/** What the management account of an organization enabled; of another organization before it nothing stays. */
export async function rootFeatures(
  store: Pick<Store, 'get' | 'list' | 'count'>,
  management: string,
  organizationId: string,
): Promise<readonly RootFeature[]> {
  const held = (await byId(store, accounts, management))?.value.rootAccess;
  return held?.organizationId === organizationId ? held.features : [];
}

type Organization = OrganizationFacts & { readonly services: OrganizationServices };

/** @throws AwsError OrganizationNotFound, OrganizationNotInAllFeaturesMode, ServiceAccessNotEnabled. */
async function organizationOf({ ports, account }: CallContext): Promise<Organization> {
  const facts = await ports.organization.of(account);
  if (facts?.services === undefined) {
    throw awsError('OrganizationNotFoundException', 'No organization is associated with your account.');
  }
  if (!facts.services.allFeatures) {
    throw awsError(
      'OrganizationNotInAllFeaturesModeException',
      'Your organization does not have all features enabled.',
    );
  }
  if (!facts.services.trusted.includes(IAM)) {
    throw awsError(
      'ServiceAccessNotEnabledException',
      'Trusted access is not enabled for IAM in AWS Organizations.',
    );
  }
  return { ...facts, services: facts.services };
}

async function switched(context: CallContext, feature: RootFeature, on: boolean) {
  const organization = await organizationOf(context);
  if (organization.managementAccount !== context.account) {
    throw awsError(
      'CallerIsNotManagementAccountException',
      'The account that made the request is not the management account of the organization.',
    );
  }
  const before = await rootFeatures(context.store, context.account, organization.id);
  const others = before.filter((each) => each !== feature);
  const features = (on ? [...others, feature] : others).toSorted();
  const rootAccess = { organizationId: organization.id, features };
  return change({ OrganizationId: organization.id, EnabledFeatures: features }, [
    save(accounts, await settingsOf(context.store, context.account), { rootAccess }),
  ]);
}

/** Central root access; `sts:AssumeRoot` asks what is enabled. Source: IAM API Reference, "ListOrganizationsFeatures". */
export const rootAccessOperations = {
  EnableOrganizationsRootCredentialsManagement: (_input, context) =>
    switched(context, 'RootCredentialsManagement', true),
  DisableOrganizationsRootCredentialsManagement: (_input, context) =>
    switched(context, 'RootCredentialsManagement', false),
  EnableOrganizationsRootSessions: (_input, context) => switched(context, 'RootSessions', true),
  DisableOrganizationsRootSessions: (_input, context) => switched(context, 'RootSessions', false),

  async ListOrganizationsFeatures(_input, context) {
    const { id, managementAccount, services } = await organizationOf(context);
    if (managementAccount !== context.account && !services.administers.includes(IAM)) {
      throw awsError(
        'AccountNotManagementOrDelegatedAdministratorException',
        'The account that made the request is neither the management account nor a delegated administrator.',
      );
    }
    const EnabledFeatures = [...(await rootFeatures(context.store, managementAccount, id))];
    return { OrganizationId: id, EnabledFeatures };
  },
} satisfies Handlers;
