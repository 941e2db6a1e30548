import { type Text, text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { note } from './note.ts';
import type { Template } from './template.ts';

export const SERVERLESS = 'AWS::Serverless-2016-10-31';
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

const MACRO = text(
  'a macro changes this template inside the account; it was read as it is written',
  'このテンプレートはアカウントの中でマクロによって変えられます。書かれているままに読みました',
);
const ADDS_RESOURCES = text(
  'this transform adds resources at deployment that are not judged here',
  'この変換はデプロイ時にリソースを追加します。それらは判定していません',
);

/** Transforms of AWS's own that add to a template what cannot be told from it. */
const ADDING = ['AWS::SecretsManager-', 'AWS::ServiceCatalog', 'AWS::CodeDeployBlueGreen'];

/** Notes about the transforms of a template that cannot be carried out here. */
export function transformNotes(template: Template): readonly NotAnalysed[] {
  return template.transforms.flatMap(({ name, node }) => {
    if (name === SERVERLESS || name === LANGUAGE_EXTENSIONS) return [];
    const reason: Text = ADDING.some((prefix) => name.startsWith(prefix)) ? ADDS_RESOURCES : MACRO;
    return [note('unsupported', { file: template.file, at: node, what: name || 'Transform', reason })];
  });
}
