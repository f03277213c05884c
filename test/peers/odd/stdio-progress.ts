// It takes its time over a call, and says so again and again; with `endless`, for ever.
import { done } from './scripted-http.ts';
import { answerOddly } from './scripted-stdio.ts';

const isEndless = process.argv[2] === 'endless';

await answerOddly({
  answers(method, { id, params }) {
    if (method !== 'tools/call') return true;
    let progress = 0;
    const write = (message: object) =>
      process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const timer = setInterval(() => {
      progress += 1;
      const { progressToken } = params['_meta'];
      write({ method: 'notifications/progress', params: { progressToken, progress } });
      if (progress < 6 || isEndless) return;
      clearInterval(timer);
      write({ id, result: done });
    }, 400);
    return false;
  },
});
