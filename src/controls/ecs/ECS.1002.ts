import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { encryptsVolumes } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'ECS.1002',
  title: text('Tasks reach EFS by TLS', 'タスクとEFSの通信が暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  mappings: {},
  property: ['Volumes'],
  good: encryptsVolumes,
  whenAbsent: { good: YES, means: text('no volume', 'ボリュームなし') },
  says: {
    pass: text('every volume of EFS is reached by TLS', 'すべてのEFSボリュームへの通信が暗号化されます'),
    fail: text('a volume of EFS is reached without TLS', '暗号化されずに接続されるEFSボリュームがあります'),
  },
  remedy: {
    summary: text('Set TransitEncryption to ENABLED', 'TransitEncryption を ENABLED にする'),
  },
});
