import { type Text, text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { Block } from '../../sources/terraform/hcl/syntax.ts';
import { refuseAt } from '../document/refusal.ts';

export const NOT_DECLARED = text(
  'the place is not declared in a .tf file here (JSON, plans and states are not edited)',
  'この場所は .tf ファイルで宣言されていません(JSON・プラン・ステートは編集しません)',
);
export const NOT_PROVED = text(
  'the edited file could not be read again, so it was left alone (a defect of Honmaru)',
  '編集後のファイルを読み直せないため、変更しませんでした(Honmaruの不具合)',
);

/** Terraform's words for something are not known. */
export function noWords(what: string): Text {
  return text(
    `no words for ${what} in Terraform are known here; "honmaru explain" shows it in CloudFormation's`,
    `${what} に対応するTerraformの記述がここにはありません。「honmaru explain」でCloudFormationの書き方を表示します`,
  );
}

/** An address is in use. */
export function taken(address: string): Text {
  return text(`${address} means something else already`, `${address} は既に別のものとして使われています`);
}

/** What a block makes would each need a resource beside it. */
export function besideEach(resource: Resource, address: string): Text {
  const [type = ''] = address.split('.');
  return text(
    `one block makes ${resource.name} and others like it; each needs its own ${type} with the same count or for_each`,
    `${resource.name} などは1つのブロックで作られています。同じ count・for_each を持つ ${type} がそれぞれに必要です`,
  );
}

/** @throws Refusal where a role's own list of policies would take an attachment away again. */
export function refuseExclusive(block: Block, address: string): void {
  const list = block.body.attributes.get('managed_policy_arns');
  if (!list || !address.startsWith('aws_iam_role_policy_attachment.')) return;
  throw refuseAt(
    block.span.file,
    list.span.start,
    text(
      'managed_policy_arns takes away what is attached elsewhere; add the policy there',
      'managed_policy_arns は他の場所での関連付けを外すため、ここに直接ポリシーを追加してください',
    ),
  );
}
