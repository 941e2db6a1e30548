import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom } from '../../model/value.ts';
import { engineFamily } from '../databases.ts';
import { addResource, logicalId, ref, runCommand } from '../edits.ts';
import { property } from '../values.ts';

/** The part that risks ask for: the application does not sign in as the master user. */
export const APPLICATION_USER = 'application-user';

const USER = 'application';

/**
 * The secret of the application's user, joined to the database so that its address is in it and rotation can
 * be added. Source: AWS Secrets Manager user guide, "Create a secret with AWS CloudFormation" (RDS example).
 */
export function applicationSecret(database: Resource): {
  readonly secret: string;
  readonly edits: readonly Edit[];
} {
  const secret = logicalId(database, 'ApplicationUser');
  return {
    secret,
    edits: [
      addResource(secret, 'AWS::SecretsManager::Secret', {
        Description: 'Database user of the application',
        GenerateSecretString: {
          SecretStringTemplate: JSON.stringify({ username: USER }),
          GenerateStringKey: 'password',
          PasswordLength: 32,
          ExcludeCharacters: '"\'@/\\`',
        },
      }),
      addResource(
        logicalId(database, 'ApplicationUserAttachment'),
        'AWS::SecretsManager::SecretTargetAttachment',
        {
          SecretId: ref(secret),
          TargetId: ref(database),
          TargetType: database.type,
        },
      ),
    ],
  };
}

/** The statement that a person with the master's rights runs once; no template makes database users. */
export function createUser(database: Resource, secret: string): Edit {
  const schema =
    stringFrom(property(database, 'DBName')) ?? stringFrom(property(database, 'DatabaseName')) ?? 'DATABASE';
  const password = `the password in the secret ${secret}`;
  const family = engineFamily(database) ?? 'other';
  if (family.includes('postgres')) {
    return runCommand(
      `psql: CREATE ROLE ${USER} LOGIN PASSWORD '<${password}>'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${USER};`,
    );
  }
  if (family === 'sqlserver') {
    return runCommand(
      `sqlcmd: CREATE LOGIN ${USER} WITH PASSWORD = '<${password}>'; USE [${schema}]; CREATE USER ${USER} FOR LOGIN ${USER}; ALTER ROLE db_datareader ADD MEMBER ${USER}; ALTER ROLE db_datawriter ADD MEMBER ${USER};`,
    );
  }
  return runCommand(
    `mysql: CREATE USER '${USER}'@'%' IDENTIFIED BY '<${password}>'; GRANT SELECT, INSERT, UPDATE, DELETE ON \`${schema}\`.* TO '${USER}'@'%';`,
  );
}
