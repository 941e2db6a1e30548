import type { Api, Collector, FoundResource } from '../api.ts';
import { mapOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

const PAGE = 60;

/** Directories of an application's users, how they sign in (Amazon Cognito API reference); no user is read. */
export const userPools: Collector = {
  id: 'user-pools',
  service: 'cognito-identity-provider',
  where: 'region',
  types: ['AWS::Cognito::UserPool'],
  actions: { ListUserPools: 'cognito-idp:ListUserPools', DescribeUserPool: 'cognito-idp:DescribeUserPool' },
  async read(api) {
    const found = await api.all('ListUserPools', 'UserPools', { MaxResults: PAGE });
    return Promise.all(found.map((each) => userPool(api, textOf(each, 'Id'))));
  },
};

async function userPool(api: Api, id: string): Promise<FoundResource> {
  const pool = mapOf(await api.call('DescribeUserPool', { UserPoolId: id }), 'UserPool');
  const arn = textOf(pool, 'Arn');
  return here(api, {
    id: arn,
    type: 'AWS::Cognito::UserPool',
    name: textOf(pool, 'Name') || id,
    names: { Ref: id, UserPoolId: id, Arn: arn },
    properties: pick(pool, [
      'Name=UserPoolName',
      'MfaConfiguration',
      'Policies',
      'AdminCreateUserConfig',
      'UserPoolAddOns',
      'DeletionProtection',
      'AccountRecoverySetting',
      'AutoVerifiedAttributes',
      'UsernameAttributes',
    ]),
  });
}

export const identityPools: Collector = {
  id: 'identity-pools',
  service: 'cognito-identity',
  where: 'region',
  types: ['AWS::Cognito::IdentityPool'],
  actions: {
    ListIdentityPools: 'cognito-identity:ListIdentityPools',
    DescribeIdentityPool: 'cognito-identity:DescribeIdentityPool',
  },
  async read(api) {
    const found = await api.all('ListIdentityPools', 'IdentityPools', { MaxResults: PAGE });
    return Promise.all(
      found.map(async (each) => {
        const id = textOf(each, 'IdentityPoolId');
        const pool = await api.call('DescribeIdentityPool', { IdentityPoolId: id });
        return here(api, {
          id: api.arn('cognito-identity', `identitypool/${id}`),
          type: 'AWS::Cognito::IdentityPool',
          name: textOf(pool, 'IdentityPoolName') || id,
          names: { Ref: id },
          properties: pick(pool, ['IdentityPoolName', 'AllowUnauthenticatedIdentities', 'AllowClassicFlow']),
        });
      }),
    );
  },
};
