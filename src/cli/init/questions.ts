import { type Text, text } from '../../kernel/texts.ts';

/** One of the five questions of `honmaru init`; its id is the option that answers it. */
export interface Question {
  readonly id: 'name' | 'scope' | 'owner' | 'alone' | 'data';
  readonly text: Text;
  readonly help: Text;
  readonly value: string;
  readonly choices?: readonly string[];
  /** What an empty line means. */
  readonly usual?: string;
  /** What is wrong with an answer. */
  problem(answer: string): Text | undefined;
}

const LONGEST = 200;

const one =
  (what: Text) =>
  (answer: string): Text | undefined => {
    const fits = answer.trim() !== '' && answer.length <= LONGEST && !/\p{Cc}/u.test(answer);
    return fits
      ? undefined
      : text(`${what.en} is a line of text`, `${what.ja}は1行の文字列で指定してください`);
  };

const chosen = (): undefined => undefined;

export const QUESTIONS: readonly Question[] = [
  {
    id: 'name',
    text: text('What is the environment called?', '環境の名前は'),
    help: text('name of the environment', '環境の名前'),
    value: 'NAME',
    problem: one(text('the name', '名前')),
  },
  {
    id: 'scope',
    text: text(
      'Is this one application of an account, or all there is in it?',
      'アカウントの一部(application)ですか、全体(account)ですか',
    ),
    help: text('one application of an account, or all there is', 'アカウントの一部か全体か'),
    value: 'application|account',
    choices: ['application', 'account'],
    usual: 'application',
    problem: chosen,
  },
  {
    id: 'owner',
    text: text('Who decides about its risks (the business owner)?', 'リスクについて決定する人(事業責任者)は'),
    help: text('who decides about its risks', 'リスクについて決定する人(事業責任者)'),
    value: 'NAME',
    problem: one(text('the owner', '事業責任者')),
  },
  {
    id: 'alone',
    text: text(
      'Does the owner work alone, and approve own proposals?',
      '責任者は一人で、自分の提案を自分で承認しますか',
    ),
    help: text('whether the owner works alone', '責任者が一人だけか'),
    value: 'yes|no',
    choices: ['yes', 'no'],
    usual: 'no',
    problem: chosen,
  },
  {
    id: 'data',
    text: text(
      'How bad is it when its data is disclosed, changed or lost: 1 little, 2 serious, 3 grave?',
      'データが漏えい・改ざん・消失したときの影響は(1 小さい、2 重大、3 致命的)',
    ),
    help: text('how bad a loss of the data is', 'データを失ったときの影響の大きさ'),
    value: '1|2|3',
    choices: ['1', '2', '3'],
    usual: '3',
    problem: chosen,
  },
];
