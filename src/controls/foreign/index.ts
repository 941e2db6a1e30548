import type { Control } from '../control.ts';
import { CHECKOV_CHECKS } from './checkov.ts';
import { PROWLER_CHECKS } from './prowler.ts';
import { TRIVY_CHECKS, TRIVY_PARTS } from './trivy.ts';

/** Finds the controls that check what another tool's check checks. */
export interface ForeignCatalogue {
  /** The controls of the first id that is known; ids are tried in their order. */
  controlsOf(checks: readonly string[]): readonly Control[];
}

/**
 * The catalogue over all controls: by Security Hub control id, AWS Config rule, and the check ids of
 * Prowler, Trivy and Checkov. Loads every control, so only where findings are imported.
 */
export async function foreignCatalogue(): Promise<ForeignCatalogue> {
  const { CONTROLS } = await import('../registry.generated.ts');
  return catalogueOf(CONTROLS);
}

/** The catalogue over the given controls. */
export function catalogueOf(controls: readonly Control[]): ForeignCatalogue {
  const byId = new Map(controls.map((control) => [control.id.toLowerCase(), control]));
  const byRule = new Map<string, Control[]>();
  for (const control of controls) {
    if (!control.configRule) continue;
    byRule.set(control.configRule, [...(byRule.get(control.configRule) ?? []), control]);
  }
  const find = (check: string): readonly Control[] => {
    const direct = byId.get(lastPart(check).toLowerCase());
    if (direct) return [direct];
    const mapped = tableEntry(check).flatMap((id) => byId.get(id.toLowerCase()) ?? []);
    return mapped.length > 0 ? mapped : (byRule.get(ruleName(check)) ?? []);
  };
  return {
    controlsOf(checks) {
      for (const check of checks) {
        const found = find(check);
        if (found.length > 0) return found;
      }
      return [];
    },
  };
}

const TABLES = [CHECKOV_CHECKS, PROWLER_CHECKS, TRIVY_CHECKS, TRIVY_PARTS];

function tableEntry(check: string): readonly string[] {
  const name = check.replace(/^AVD-/i, '').replace(/^prowler-/, '');
  for (const table of TABLES) {
    if (Object.hasOwn(table, name)) return table[name] ?? [];
  }
  return [];
}

/** `S3.8` of `aws-foundational-security-best-practices/v/1.0.0/S3.8` or `security-control/S3.8`. */
function lastPart(check: string): string {
  return check.slice(check.lastIndexOf('/') + 1);
}

/**
 * The name of a managed rule: as it is, in the upper snake case of its identifier, or as Security Hub
 * names its own copy (`securityhub-s3-bucket-versioning-enabled-0a1b2c3d`).
 */
function ruleName(check: string): string {
  const name = lastPart(check).toLowerCase().replaceAll('_', '-');
  return name.replace(/^securityhub-/, '').replace(/-[0-9a-f]{6,8}$/, '');
}
