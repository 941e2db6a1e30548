/**
 * How the application gets at its database without a password in its settings: the secret is read from
 * Secrets Manager when a connection is made, kept for a few minutes, and read again when the database
 * refuses it (which is what a rotation looks like from here).
 *
 * Settings: DATABASE_HOST, DATABASE_SECRET_ARN. Needs @aws-sdk/client-secrets-manager and mysql2, and the
 * certificate bundle of Amazon RDS at RDS_CA_BUNDLE.
 */
import { readFileSync } from 'node:fs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createConnection } from 'mysql2/promise';

const KEEP_MILLISECONDS = 5 * 60 * 1000;
const REFUSED = 'ER_ACCESS_DENIED_ERROR';

const secrets = new SecretsManagerClient({});
const certificates = readFileSync(process.env.RDS_CA_BUNDLE ?? '/etc/pki/rds/global-bundle.pem');
let kept = { until: 0, credentials: undefined };

/** An encrypted connection whose server is verified. Throws what MySQL says when a fresh secret is refused too. */
export async function connect() {
  try {
    return await connectWith(await credentials());
  } catch (error) {
    if (error.code !== REFUSED) throw error;
    kept = { until: 0, credentials: undefined };
    return connectWith(await credentials());
  }
}

async function credentials() {
  if (kept.credentials && Date.now() < kept.until) return kept.credentials;
  const answer = await secrets.send(new GetSecretValueCommand({ SecretId: process.env.DATABASE_SECRET_ARN }));
  const { username, password } = JSON.parse(answer.SecretString);
  kept = { until: Date.now() + KEEP_MILLISECONDS, credentials: { username, password } };
  return kept.credentials;
}

function connectWith({ username, password }) {
  return createConnection({
    host: process.env.DATABASE_HOST,
    database: 'webapp',
    user: username,
    password,
    ssl: { ca: certificates, minVersion: 'TLSv1.2', verifyIdentity: true },
  });
}
