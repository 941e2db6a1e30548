import { answerQuestions } from '../workers/answering.ts';
import { fixAt } from './plan.ts';
import type { FixQuestion } from './question.ts';

answerQuestions((ask) => fixAt(ask as FixQuestion));
