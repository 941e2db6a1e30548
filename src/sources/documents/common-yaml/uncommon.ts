/** Thrown where a text is not in the common form of YAML; the whole file is then read by the complete parser. */
export class Uncommon extends Error {
  constructor() {
    super('not in the common form of YAML');
    this.name = 'Uncommon';
  }
}

/** @throws Uncommon always. */
export function uncommon(): never {
  throw new Uncommon();
}
