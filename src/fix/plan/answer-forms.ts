/** The forms that answers must have before they are written into somebody's files. */
export const ANSWER_FORMS = {
  domain: /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i,
  hostedZone: /^Z[A-Z0-9]{1,31}$/,
  email: /^[^\s@"<>]{1,64}@[a-z0-9.-]{1,255}$/i,
} as const;

const MOST_CHARACTERS = 320;

/** Whether an answer has the form of its kind. */
export function isAnswer(kind: keyof typeof ANSWER_FORMS, value: string): boolean {
  return value.length <= MOST_CHARACTERS && ANSWER_FORMS[kind].test(value);
}
