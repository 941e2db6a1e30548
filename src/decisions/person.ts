/** Somebody who proposes, decides or signs. */
export interface Person {
  readonly name: string;
  readonly mail?: string;
}

/** Reads `Name <mail address>`, a mail address alone, or a name alone. */
function personFrom(written: string): Person {
  const clean = written.normalize('NFC').trim();
  const open = clean.lastIndexOf('<');
  if (open >= 0 && clean.endsWith('>')) {
    const mail = clean.slice(open + 1, -1).trim();
    const name = clean.slice(0, open).trim();
    if (mail !== '') return { name: name === '' ? mail : name, mail };
  }
  return /^\S+@\S+$/.test(clean) ? { name: clean, mail: clean } : { name: clean };
}

/** The same person: by mail address where both have one, else by name. */
export function samePerson(one: string, other: string): boolean {
  const [a, b] = [personFrom(one), personFrom(other)];
  if (a.mail !== undefined && b.mail !== undefined) return a.mail.toLowerCase() === b.mail.toLowerCase();
  return a.name === b.name;
}

/** The name under which `allowed_signers` lists somebody: the mail address, else the name. */
export function principalOf(written: string): string {
  const { name, mail } = personFrom(written);
  return mail ?? name;
}
