// It begins with a byte order mark, as some runtimes on Windows do.
import { answerOddly } from './scripted-stdio.ts';

await answerOddly({ before: '\u{FEFF}' });
