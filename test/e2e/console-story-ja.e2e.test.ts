import { describeStory } from './console-story.ts';

describeStory('ja');
