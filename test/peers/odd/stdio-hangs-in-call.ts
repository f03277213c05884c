// It never answers a call, and says why to standard error.
import { answerOddly } from './scripted-stdio.ts';

await answerOddly({
  answers(method) {
    if (method === 'tools/call') process.stderr.write('the file is locked\n');
    return method !== 'tools/call';
  },
});
