import type { FixChange, Text } from '../../../src/api/contract.ts';
import { say } from './say.ts';

/** What `honmaru fix` would change in the files, as the map shows it. */
export const FIX = {
  open: say('Show the change in the files', 'ファイルの変更内容を見る'),
  title: (safeguard: string, place: string) =>
    say(`${safeguard} at ${place}: the change`, `${place}の${safeguard}: 変更内容`),
  lead: say(
    'Nothing is written from here: look at it, then run the command where the files are.',
    'ここからは何も書き込みません。確認のうえ、ファイルのある場所でコマンドを実行してください。',
  ),
  cost: say('Cost', '費用'),
  amount: (typical: string, low: string, high: string, currency: string) =>
    say(
      `about ${typical} ${currency} a month (${low}–${high})`,
      `月額およそ${typical} ${currency}(${low}〜${high})`,
    ),
  freeOfCharge: say('free', '無料'),
  priceList: (region: string, date: string) =>
    say(`${region}, prices of ${date}`, `${region}、${date}時点の単価`),
  unverified: say('not checked against the price list', '価格表との照合なし'),
  undo: say('How to undo it', '元に戻す方法'),
  deploy: say('What the deployment does', 'デプロイの影響'),
  quiet: say('Nothing is replaced or interrupted.', '置き換えや中断はありません。'),
  effects: {
    replaced: say('is replaced', '置き換わります'),
    interrupted: say('is interrupted', '中断します'),
  },
  stateful: say('data is lost', 'データが失われます'),
  first: say('Before you deploy', 'デプロイの前に'),
  commands: say('Run by hand', '手で実行するコマンド'),
  runbook: say('Step by step', '手順'),
  reason: say('Why', '理由'),
  bands: say('Risks by band', '段階別のリスク'),
  after: say('After it', '変更後'),
  newFailing: say('Controls that would fail and did not before', '新たに不適合になるコントロール'),
  files: say('The change', '変更'),
  newFile: say('new file', '新規ファイル'),
  noFile: say('No file changes.', 'ファイルの変更はありません。'),
  diff: say('the whole diff', '差分全体'),
  command: say('Make the change', '変更を反映する'),
  commandNote: say(
    'In the folder from which the files were read.',
    'ファイルを読み取ったフォルダーで実行します。',
  ),
  answers: say('What no file tells', 'ファイルからわからないこと'),
  domain: say('Domain name that you own', '所有しているドメイン名'),
  hostedZone: say('Hosted zone id', 'ホストゾーンID'),
  email: say('E-mail address for alarms', '通知先のメールアドレス'),
  values: say('Other values', 'その他の値'),
  valuesHint: say('NAME=VALUE, one a line.', '1行に1つ、名前=値。'),
  acceptCost: say('I accept what it costs', '費用を承知しました'),
  askAgain: say('Show the change with these', 'これで変更内容を表示'),
} as const;

export const FIX_OUTCOMES: Readonly<Record<FixChange['outcome'], Text>> = {
  edit: say('can be edited', '編集できます'),
  migration: say('needs a migration', '移行が必要です'),
  needs: say('waits for an answer', '回答待ち'),
  refused: say('is not edited', '編集しません'),
  'by-hand': say('done by hand', '手作業'),
  undecided: say('undecided', '未確定'),
};
