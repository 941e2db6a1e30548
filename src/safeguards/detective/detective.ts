import { text } from '../../kernel/texts.ts';
import { REGION_TYPE } from '../../model/resource.ts';
import { serviceState } from '../account-service.ts';
import { addResource } from '../edits.ts';
import { on } from '../presence.ts';
import { safeguard } from '../safeguard.ts';

/** Amazon Detective of the region. Source: CloudFormation, "AWS::Detective::Graph". */
export const definition = safeguard({
  id: 'detective',
  name: text('Amazon Detective', 'Amazon Detective'),
  alsoKnownAs: ['Detective', 'ディテクティブ', 'インシデント調査'],
  factor: 'credential-leak',
  effect: 'detect',
  price: 'tens-of-dollars',
  stops: text(
    'Nothing by itself: it links logs of several services so that the origin of an incident is found in hours instead of days.',
    'それ自体は何も止めません。複数サービスのログを結びつけ、インシデントの発生元を短時間で突き止められるようにします。',
  ),
  doesNotStop: text(
    'The incident; it looks back and raises no alarm.',
    'インシデントそのもの(あとから調べる道具で、警報は出しません)。',
  ),
  confusedWith: text(
    'GuardDuty says that something happened; Detective helps to see how.',
    'GuardDutyは「何か起きた」ことを知らせ、Detectiveは「どう起きたか」を調べるためのものです。',
  ),
  attachesTo: [REGION_TYPE],
  presence: (graph) =>
    serviceState(
      graph,
      ['AWS::Detective::Graph'],
      () =>
        on(
          text(
            'a behaviour graph is declared in this region',
            'このリージョンで動作グラフが宣言されています',
          ),
        ),
      {
        what: text('behaviour graph of Detective', 'Detectiveの動作グラフ'),
        command: 'aws detective list-graphs',
      },
    ),
  remedy: () => ({
    summary: text(
      'Enable Detective in the region; it is of most use beside GuardDuty.',
      'リージョンでDetectiveを有効にします(GuardDutyと併用すると効果的です)。',
    ),
    edits: [addResource('DetectiveGraph', 'AWS::Detective::Graph', {})],
  }),
});
