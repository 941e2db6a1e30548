import { type Text, text } from '../../kernel/texts.ts';

/** What a group of settings is about, for findings that no risk of the environment rests on. */
export interface Theme {
  readonly id: string;
  readonly title: Text;
  /** Words of our own English control titles; the first theme with one of them takes the control. */
  readonly words: RegExp;
}

export const THEMES: readonly Theme[] = [
  {
    id: 'transport',
    title: text('Encryption on the way (TLS)', '通信の暗号化(TLS)'),
    words: /\b(?:TLS|HTTPS|SSLv3|certificates?|plain connections|encrypted connections)\b/i,
  },
  {
    id: 'encryption',
    title: text('Encryption of what is stored', '保存データの暗号化'),
    words: /\b(?:encrypt|KMS key|key of your own|encrypted)\b/i,
  },
  {
    id: 'exposure',
    title: text('What is open to the internet or to strangers', 'インターネットや第三者への公開'),
    words:
      /\b(?:public|publicly|internet|open to|strangers|everybody|VPC|ports?|address(?:es)?|web ACL|network|subnets|traffic|who is calling|listen|directly|protocol|smuggling|malformed|hop)\b/i,
  },
  {
    id: 'watching',
    title: text('Records and alarms', '記録と監視'),
    words:
      /\b(?:logs?|trails?|records?|traced?|metrics|audit|analyzer|looks?|watches|alarms?|events?|findings|Detective|budget|Aggregators)\b/i,
  },
  {
    id: 'recovery',
    title: text('Backups, spare parts and protection against deletion', 'バックアップ・冗長化・削除保護'),
    words:
      /\b(?:backed up|restored|standby|zones?|deletion|delete|versions of objects|fails? over|fall back|copied|survive|two instances|rewound|dedicated master|health checks|lifecycle|clean|Failed events)\b/i,
  },
  {
    id: 'updates',
    title: text('Updates and scans for known flaws', '更新と脆弱性スキャン'),
    words:
      /\b(?:minor versions?|new versions|platform|runtime|scans?|scanned|managed by Systems Manager|predefined)\b/i,
  },
  {
    id: 'access',
    title: text('Who may do what, passwords and keys', '権限・パスワード・鍵'),
    words:
      /\b(?:polic(?:y|ies)|permissions?|roles?|root|passwords?|IAM|privileged|keys?|secrets?|credentials|session tokens|user|users|identity|second factor|access|authentication|process space)\b/i,
  },
];

export const HOUSEKEEPING: Theme = {
  id: 'housekeeping',
  title: text('Order and naming', '整理と命名'),
  words: /$^/,
};

/** The theme of a control, from its English title. */
export function themeOf(title: string): Theme {
  return THEMES.find(({ words }) => words.test(title)) ?? HOUSEKEEPING;
}
