import { text } from '../../kernel/texts.ts';
import { isFalse } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Cognito.2. */
export const definition = propertyControl({
  id: 'Cognito.2',
  title: text('Identity pools give nothing to strangers', 'IDプールが未認証のIDを許可しない'),
  severity: 'medium',
  resourceTypes: ['AWS::Cognito::IdentityPool'],
  configRule: 'cognito-identity-pool-unauth-access-check',
  mappings: {},
  property: ['AllowUnauthenticatedIdentities'],
  good: isFalse,
  remedy: {
    summary: text(
      'Set AllowUnauthenticatedIdentities to false',
      'AllowUnauthenticatedIdentities を false にする',
    ),
    value: false,
  },
});
