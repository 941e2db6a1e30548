const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Two words of English beside each other; identifiers, paths and commands have no such. */
const ENGLISH = /(?:^|[^\w./-])[a-z]{2,}[,:;]? [a-z]{2,}(?![\w./-])/;

/**
 * What an answer tells in English only: texts whose Japanese has no Japanese in it though the English is a sentence,
 * texts of which one side is empty, and labels of the Japanese map.
 */
export function untranslated(content: unknown): readonly string[] {
  const faults: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) look(item, `${path}[${at}]`);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const { en, ja } = value as { readonly en?: unknown; readonly ja?: unknown };
    if (typeof en === 'string' && typeof ja === 'string') {
      if ((en === '') !== (ja === '') || (ENGLISH.test(en) && !JAPANESE.test(ja)))
        faults.push(`${path}: ${en} | ${ja}`);
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      const isLabel = path.includes('.labels[') || path.includes('.lines[');
      if (isLabel && name === 'text' && ENGLISH.test(String(item))) faults.push(`${path}.${name}: ${item}`);
      else look(item, `${path}.${name}`);
    }
  };
  look(content, '');
  return faults;
}
