import type { Control } from './control.ts';

/** A control that is loaded when a resource of its types is there. */
export interface ControlLoader {
  readonly id: string;
  readonly resourceTypes: readonly string[];
  load(): Promise<{ readonly definition: Control }>;
}
