import type { ResourceGraph } from '../environment/graph.ts';
import { type Text, text } from '../kernel/texts.ts';
import { type Answer, all } from '../model/answer.ts';
import type { Verdict } from '../model/finding.ts';
import type { Remedy } from '../model/remedy.ts';
import { ACCOUNT_TYPE, REGION_TYPE, type Resource } from '../model/resource.ts';
import { unknown } from '../model/value.ts';
import { type Control, control, fail, pass, undecidable } from './control.ts';

/** A control of what an account or a region has once, such as a trail or a detector. */
export interface AccountControl
  extends Pick<Control, 'id' | 'title' | 'severity' | 'configRule' | 'mappings'> {
  readonly place: 'account' | 'region';
  /** The types that can fulfil it. */
  readonly types: readonly string[];
  /** Whether one resource of these types fulfils it. */
  readonly fulfils: (resource: Resource, graph: ResourceGraph) => Answer;
  /** What is looked for, in words: "a trail of all Regions". */
  readonly what: Text;
  /** Whether a template can declare it at all (default: yes); otherwise its absence never proves anything. */
  readonly declarable?: boolean;
  /** The command that finds out, for a person with the rights. */
  readonly ask: string;
  readonly remedy: Remedy;
}

/**
 * Declares a control of an account or region. Absence counts only where the environment is the whole
 * account; where it is one application, what is not declared here is unknown.
 */
export function accountControl(definition: AccountControl): Control {
  const { place, types, fulfils, what, declarable = true, ask, remedy, ...rest } = definition;
  return control({
    ...rest,
    resourceTypes: [place === 'account' ? ACCOUNT_TYPE : REGION_TYPE],
    basis: 'effective',
    evaluate(resource, graph): Verdict {
      const candidates = graph.ofType(...types).filter((each) => !each.external);
      const answers = candidates.map((each) => all([each.exists, fulfils(each, graph)]));
      const found = candidates[answers.findIndex((each) => each.is === 'yes')];
      if (found) return pass(isThere(what, found), found.properties);
      const open = answers.flatMap((each) => (each.is === 'unknown' ? each.undecided : []));
      if (open.length > 0) return undecidable(cannotTell(what), open);
      const whole = graph.facts.declaration.scope === 'account';
      if (whole && (declarable || candidates.length > 0))
        return fail(isMissing(what), candidates[0]?.properties);
      const missing = unknown(types.join(', '), 'import', resource.span);
      return undecidable(notDeclared(what, ask), [missing]);
    },
    remedy: () => remedy,
  });
}

function isThere(what: Text, resource: Resource): Text {
  return text(`${resource.name} is ${what.en}`, `${resource.name} が${what.ja}です`);
}

function isMissing(what: Text): Text {
  return text(`there is no ${bare(what.en)}`, `${what.ja}がありません`);
}

function cannotTell(what: Text): Text {
  return text(`whether there is ${what.en} cannot be decided`, `${what.ja}があるか決められません`);
}

function notDeclared(what: Text, ask: string): Text {
  return text(
    `not declared here: ask the account with \`${ask}\` whether there is ${what.en}`,
    `ここには宣言されていません。${what.ja}の有無は \`${ask}\` で確認してください`,
  );
}

/** "a trail" without its article, for "there is no trail". */
function bare(phrase: string): string {
  return phrase.replace(/^an? /, '');
}
