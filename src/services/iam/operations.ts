import { accessKeyOperations } from './access-keys.ts';
import { accountReportOperations } from './account-reports.ts';
import { accountSettingOperations } from './account-settings.ts';
import { attachedPolicyOperations } from './attached-policies.ts';
import type { AuthorisedOperation } from './authorisation.ts';
import { authorizationDetailOperations } from './authorization-details.ts';
import { boundaryOperations } from './boundaries.ts';
import { groupOperations } from './groups.ts';
import { inlinePolicyOperations } from './inline-policies.ts';
import { instanceProfileOperations } from './instance-profiles.ts';
import { lastAccessedOperations } from './last-accessed.ts';
import { loginProfileOperations } from './login-profiles.ts';
import { mfaDeviceOperations } from './mfa-devices.ts';
import { oidcProviderOperations } from './oidc-providers.ts';
import { organizationAccessOperations } from './organization-access.ts';
import { outboundFederationOperations } from './outbound-federation.ts';
import { policyOperations } from './policies.ts';
import { policyEntityOperations } from './policy-entities.ts';
import { roleOperations } from './roles.ts';
import { rootAccessOperations } from './root-access.ts';
import { samlProviderOperations } from './saml-providers.ts';
import { serverCertificateOperations } from './server-certificates.ts';
import { serviceCredentialOperations } from './service-credentials.ts';
import { serviceLinkedRoleOperations } from './service-linked-roles.ts';
import { signingCertificateOperations } from './signing-certificates.ts';
import { simulateOperations } from './simulate.ts';
import { sshKeyOperations } from './ssh-keys.ts';
import { userOperations } from './users.ts';

/** Every operation that is built. What is not among them answers 501. */
export const HANDLERS = {
  ...userOperations,
  ...loginProfileOperations,
  ...accessKeyOperations,
  ...sshKeyOperations,
  ...signingCertificateOperations,
  ...serviceCredentialOperations,
  ...groupOperations,
  ...roleOperations,
  ...serviceLinkedRoleOperations,
  ...instanceProfileOperations,
  ...policyOperations,
  ...policyEntityOperations,
  ...inlinePolicyOperations,
  ...attachedPolicyOperations,
  ...boundaryOperations,
  ...mfaDeviceOperations,
  ...oidcProviderOperations,
  ...samlProviderOperations,
  ...serverCertificateOperations,
  ...accountSettingOperations,
  ...outboundFederationOperations,
  ...rootAccessOperations,
  ...accountReportOperations,
  ...authorizationDetailOperations,
  ...simulateOperations,
  ...lastAccessedOperations,
  ...organizationAccessOperations,
} satisfies { readonly [Name in AuthorisedOperation]: unknown };
