import { isAnswer } from '../../fix/plan/answer-forms.ts';
import type { Answers } from '../../fix/plan/change.ts';
import { text } from '../../kernel/texts.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import type { Body } from '../contract.ts';
import { notThere, refuse } from '../http/problem.ts';
import type { Handlers } from './asked.ts';

type Given = NonNullable<Body<'POST /api/fix'>['answers']>;

/** What `honmaru fix` would do; the files are never written from here. */
export const FIX_HANDLERS: Handlers<'POST /api/fix'> = {
  async 'POST /api/fix'({ host, body }) {
    const { safeguard, place } = body;
    const { base, banner, revision } = host.workspace.view();
    const answers = answersOf(body.answers ?? {});
    const attached = base.assessment.safeguards
      .find(({ id }) => id === safeguard)
      ?.attachments.some(({ resource }) => resource === place);
    if (!attached) {
      throw notThere(text(`the safeguard ${safeguard} at ${place}`, `${place} の対策 ${safeguard} `));
    }
    if (banner) {
      const { en, ja } = banner.message;
      throw refuse(409, 'fix-unreadable', `mend the file first: ${en}`, `先にファイルを直してください:${ja}`);
    }
    const { source } = host.workspace;
    const asOf = host.platform.now().toISOString();
    return { revision, ...(await host.fixes.plan({ source, asOf, safeguard, place, answers })) };
  },
};

/** @throws Refusal 400 for an answer that has not the form of its kind. */
function answersOf({ domain, hostedZone, email, values = [], acceptCost = [] }: Given): Answers {
  for (const [kind, value] of Object.entries({ domain, hostedZone, email })) {
    if (value !== undefined && !isAnswer(kind as 'domain', value)) throw wrong(`answers.${kind}`, value);
  }
  const unknown = acceptCost.find((each) => !SAFEGUARDS.some(({ id }) => id === each));
  if (unknown !== undefined) throw wrong('answers.acceptCost', unknown);
  return {
    ...(domain !== undefined && { domain }),
    ...(hostedZone !== undefined && { hostedZone }),
    ...(email !== undefined && { email }),
    values: new Map(values.map(({ name, value }) => [name, value])),
    acceptedCosts: new Set(acceptCost),
  };
}

function wrong(field: string, value: string) {
  const shown = value.slice(0, 100);
  return refuse(
    400,
    'body-field',
    `"${field}" does not take "${shown}"`,
    `「${field}」に「${shown}」は指定できません`,
    field,
  );
}
