import { describeEveryPage } from './console-every-page.ts';

describeEveryPage('en');
