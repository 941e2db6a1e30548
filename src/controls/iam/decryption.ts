import { type Answer, all } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { actionMatches, allows, someString } from './policy-statements.ts';

const DECRYPTING = ['kms:Decrypt', 'kms:ReEncryptFrom'];

/** Whether a statement allows decryption with every key there is, of any account or of one. */
export function decryptsEverything(statement: Value): Answer {
  return all([
    allows(statement),
    someString(get(statement, 'Action'), (pattern) =>
      DECRYPTING.some((action) => actionMatches(pattern, action)),
    ),
    someString(
      get(statement, 'Resource'),
      (arn) => arn === '*' || /^arn:aws[\w-]*:kms:[^:]*:[^:]*:(key\/)?\*$/.test(arn),
    ),
  ]);
}
