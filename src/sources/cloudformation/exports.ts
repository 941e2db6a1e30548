import { child } from '../../kernel/document.ts';
import { stringFrom, type Value } from '../../model/value.ts';
import type { Stack } from './stack.ts';

/**
 * What the stacks of an environment export ("Outputs section syntax", `Export`), by name. A name built
 * from `AWS::StackName` is matched with the stack's own name.
 */
export class ExportIndex {
  readonly #stacks: readonly Stack[];
  #exports: Map<string, () => Value> | undefined;
  /** Names that are being followed: an import that leads back to itself stays unknown. */
  readonly #following = new Set<string>();

  constructor(stacks: readonly Stack[]) {
    this.#stacks = stacks;
  }

  /** The exported value; undefined when the name is not known or no stack exports it. */
  find(name: Value): Value | undefined {
    const wanted = stringFrom(name);
    if (wanted === undefined) return undefined;
    const exported = this.#all().get(wanted);
    if (!exported || this.#following.has(wanted)) return undefined;
    this.#following.add(wanted);
    const value = exported();
    this.#following.delete(wanted);
    return value;
  }

  /** While the names themselves are evaluated, nothing is exported yet. */
  #all(): ReadonlyMap<string, () => Value> {
    if (!this.#exports) {
      this.#exports = new Map();
      this.#exports = this.#collect();
    }
    return this.#exports;
  }

  #collect(): Map<string, () => Value> {
    const found = new Map<string, () => Value>();
    for (const stack of this.#stacks) {
      for (const { value: output } of stack.template.outputs.values()) {
        const nameNode = child(child(output, 'Export'), 'Name');
        const valueNode = child(output, 'Value');
        if (!nameNode || !valueNode) continue;
        const name = exportName(stack.evaluate(nameNode), stack.stack);
        if (name !== undefined) found.set(name, () => stack.evaluate(valueNode));
      }
    }
    return found;
  }
}

function exportName(value: Value, stackName: string): string | undefined {
  if (value.kind !== 'unknown') return stringFrom(value);
  const parts = (value.parts ?? [{ type: 'other' as const, expression: value.expression }]).map((part) =>
    typeof part === 'object' && part.expression === 'AWS::StackName' ? stackName : part,
  );
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}
