import type { ResourceGraph } from '../environment/graph.ts';
import { type Text, text } from '../kernel/texts.ts';
import { off, unsure } from './presence.ts';
import type { Presence } from './safeguard.ts';

/** Where one finds out about something that the read files do not show. */
export interface HowToLearn {
  /** What is looked for, as a noun phrase. */
  readonly what: Text;
  /** The AWS CLI command that answers the question. */
  readonly command: string;
  /** The Terraform resource type that declares it, where there is one. */
  readonly terraform?: string;
}

/**
 * A service of the account that nothing in the environment declares. In account scope it is off; in
 * application scope it may be declared elsewhere and is unknown.
 */
export function notDeclared(graph: ResourceGraph, missing: HowToLearn): Presence {
  const { what, command } = missing;
  if (graph.facts.declaration.scope === 'account') {
    return off(text(`the account has no ${what.en}`, `アカウントに${what.ja}がありません`));
  }
  return unsure(
    text(
      `${what.en}: not declared here; find out with: ${command}`,
      `${what.ja}はここでは宣言されていません。確認するコマンド: ${command}`,
    ),
  );
}

/** Something that a CloudFormation template cannot declare: unknown on that basis, in either scope. */
export function notDeclarable(missing: HowToLearn): Presence {
  const { what, command, terraform } = missing;
  const [en, ja] = terraform
    ? [`; Terraform declares it with ${terraform}`, `。Terraformでは${terraform}で宣言できます`]
    : ['', ''];
  return unsure(
    text(
      `CloudFormation cannot declare ${what.en}; find out with: ${command}${en}`,
      `${what.ja}はCloudFormationでは宣言できません。確認するコマンド: ${command}${ja}`,
    ),
  );
}
