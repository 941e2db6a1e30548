import { type Text, text } from '../../kernel/texts.ts';

/** Why the other operations of the client are not built. */
export const NOT_BUILT: Readonly<Record<string, Text>> = {
  GetDelegatedAccessToken: text(
    'temporary delegation is between accounts and partners whom AWS has onboarded',
    '一時的な委任は、AWSが登録したパートナーとの間の機能です',
  ),
};
