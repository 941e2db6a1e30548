import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { iamUsersOf, mayReadMasterSecret } from './database-access.ts';
import { principalsOf } from './principals.ts';

function environment(statement: object, database: object = {}) {
  const graph = graphOf({
    Resources: {
      Database: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { MasterUsername: 'admin', EnableIAMDatabaseAuthentication: true, ...database },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {},
          Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [statement] } }],
        },
      },
      Work: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      },
    },
  });
  const find = (name: string) => {
    const found = graph.resources.find((resource) => resource.name === name);
    if (!found) throw new Error(name);
    return found;
  };
  return { graph, role: find('Role'), database: find('Database') };
}

function connect(user: string, id = '${Database.DbiResourceId}') {
  const arn = 'arn:aws:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:';
  return { Effect: 'Allow', Action: 'rds-db:connect', Resource: { 'Fn::Sub': `${arn}${id}/${user}` } };
}

describe('as whom a role signs in to a database', () => {
  test('the user that its policy names', () => {
    const { graph, role, database } = environment(connect('app'));
    assert.deepEqual(iamUsersOf(graph, role, database), ['app']);
    const [principal] = principalsOf(graph, database).principals ?? [];
    assert.equal(principal?.may.en, 'signs in with IAM as app');
  });

  test('any, where the policy names no user', () => {
    for (const statement of [connect('*'), connect('*', '*'), { ...connect('*'), Resource: '*' }]) {
      const { graph, role, database } = environment(statement);
      assert.deepEqual(iamUsersOf(graph, role, database), ['*']);
    }
  });

  test('nobody, where the database has the sign-in off, or the policy means another database or action', () => {
    const off = environment(connect('app'), { EnableIAMDatabaseAuthentication: false });
    assert.deepEqual(iamUsersOf(off.graph, off.role, off.database), []);
    for (const statement of [
      connect('app', 'db-OTHER'),
      { ...connect('app'), Action: 'rds-db:other' },
      { ...connect('app'), Effect: 'Deny' },
    ]) {
      const { graph, role, database } = environment(statement);
      assert.deepEqual(iamUsersOf(graph, role, database), []);
    }
  });

  test('the master, where it may read the secret that RDS keeps', () => {
    const statement = {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: { 'Fn::GetAtt': ['Database', 'MasterUserSecret.SecretArn'] },
    };
    const { graph, role, database } = environment(statement, { ManageMasterUserPassword: true });
    assert.equal(mayReadMasterSecret(graph, role, database), true);
    assert.deepEqual(iamUsersOf(graph, role, database), []);
  });
});
