import type { Language } from '../../kernel/texts.ts';
import type { EnvironmentMap } from '../contract.ts';
import type { View } from '../environment/view.ts';

/** The picture of an assessed state; laid out once for each state of the files and language. */
export async function mapPage(view: View, language: Language): Promise<EnvironmentMap> {
  return { ...(await view.base.desk.picture(language)), revision: view.revision };
}
