// It says what it lacks to standard error, a banner to standard output, and answers nothing that matters.
import { answerOddly } from './scripted-stdio.ts';

process.stderr.write('waiting for the database at db.internal\n');
await answerOddly({ before: 'Welcome\nto notes\n', answers: () => false });
