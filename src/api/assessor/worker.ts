import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { readState } from '../environment/read-base.ts';
import { answerQuestions } from '../workers/answering.ts';
import type { Desk } from './desk.ts';
import { localDesk } from './local-desk.ts';
import { piecesOf } from './pieces.ts';
import type { AssessorQuestion, ReadAnswer } from './question.ts';

const desks = new Map<number, Desk>();
let states = 0;

answerQuestions(async (ask, part) => {
  const question = ask as AssessorQuestion;
  if (question.kind === 'read') return read(question, part);
  const desk = desks.get(question.state);
  if (!desk) throw stateGone();
  switch (question.kind) {
    case 'picture':
      return JSON.stringify(await desk.picture(question.language));
    case 'boxes':
      return JSON.stringify([...(await desk.boxes())]);
    case 'patch':
      return desk.patch(question.safeguard, question.place);
    case 'report':
      return desk.report(question.format, question.language, question.decisions);
    case 'users-of-key':
      return desk.usersOfKey(question.key);
    case 'release':
      desks.delete(question.state);
      return undefined;
  }
});

async function read(
  { source, asOf }: Extract<AssessorQuestion, { kind: 'read' }>,
  part: (part: unknown) => void,
): Promise<ReadAnswer> {
  const { graph, assessment, ...rest } = await readState(source, new Date(asOf));
  for (const piece of piecesOf(assessment)) part(piece);
  states += 1;
  desks.set(states, localDesk({ graph, assessment }));
  return { state: states, ...rest };
}

function stateGone(): HonmaruError {
  return new HonmaruError({
    code: 'state-gone',
    message: text(
      'the files changed meanwhile; load the page again',
      'ファイルが変更されました。再読み込みしてください',
    ),
  });
}
