import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

const OTHERS = 0o077;
/** Everything but reading by the group. */
const MORE_THAN_GROUP_READS = 0o037;
const STRANGERS = 0o007;

/**
 * Whether nobody else can read a secret's file. A credential of systemd's belongs to root and is opened to the user of
 * the service by an access control list, whose mask its mode shows as the group's; the folder around it keeps all others
 * out. Source: systemd.exec(5), "Credentials".
 */
export function isPrivate(path: string, { mode, uid }: Stats, own = process.getuid?.()): boolean {
  if (process.platform === 'win32' || (mode & OTHERS) === 0) return true;
  if (uid !== 0 || own === 0 || (mode & MORE_THAN_GROUP_READS) !== 0) return false;
  const folder = statSync(dirname(path));
  return folder.uid === 0 && (folder.mode & STRANGERS) === 0;
}
