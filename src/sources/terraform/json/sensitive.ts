import type { DocumentNode } from '../../../kernel/document.ts';
import { joinsOf, mappingOf } from '../types/registry.ts';

/** Attributes that always hold secrets, whether or not the document marks them. */
const SECRET_NAMES = new Set([
  'password',
  'master_password',
  'secret_string',
  'secret_binary',
  'secret',
  'ses_smtp_password_v4',
  'auth_token',
  'private_key',
  'private_key_pem',
  'private_key_openssh',
  'certificate_private_key',
  'bcrypt_hash',
]);

/** Whether an attribute of a resource type must not be shown. */
export function isSecret(type: string, attribute: string): boolean {
  if (SECRET_NAMES.has(attribute) || (type === 'random_password' && attribute === 'result')) return true;
  const secrets = [mappingOf(type), ...joinsOf(type)].flatMap((each) => each?.secrets ?? []);
  return secrets.includes(attribute);
}

/** Whether a mask (`sensitive_values`, `after_unknown`) covers a whole value. */
export function coversAll(mask: DocumentNode | undefined): boolean {
  return mask?.kind === 'scalar' && mask.value === true;
}
