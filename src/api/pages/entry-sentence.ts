import { type Text, text } from '../../kernel/texts.ts';
import type { DecisionEntry } from '../../model/decision.ts';
import { RESPONSE_WORDS } from '../../report/words.ts';

/** What happened, in a sentence. */
export function entrySentence(entry: DecisionEntry): Text {
  switch (entry.kind) {
    case 'proposed': {
      const response = RESPONSE_WORDS[entry.treatment.response];
      return text(`${entry.by} proposed to ${response.en}`, `${entry.by} が${response.ja}を提案`);
    }
    case 'decided': {
      const response = RESPONSE_WORDS[entry.treatment.response];
      return entry.approved
        ? text(`${entry.by} approved to ${response.en}`, `${entry.by} が${response.ja}を承認`)
        : text(`${entry.by} rejected to ${response.en}`, `${entry.by} が${response.ja}を却下`);
    }
    case 'withdrawn':
      return text(`${entry.by} took the proposal back`, `${entry.by} が提案を取り下げ`);
    case 'lapsed':
      return text('the decision lapsed', '決定が失効');
    case 'closed':
      return text(`${entry.by} closed it`, `${entry.by} が完了`);
    case 'reopened':
      return text(`${entry.by} opened it again`, `${entry.by} が再開`);
    case 'renamed':
      return text(`${entry.from} is now called ${entry.to}`, `${entry.from} は ${entry.to} に改名`);
    case 'class-changed':
      return text(
        `${entry.by} changed the class of ${entry.resource} from ${entry.before.high} to ${entry.after.high}`,
        `${entry.by} が ${entry.resource} の重要度を ${entry.before.high} から ${entry.after.high} に変更`,
      );
  }
}
