import type { FastifyReply } from 'fastify';
import type { SignOnProblem } from '../auth/sign-on-problem.ts';
import { html, sendPage } from './html.ts';

/** A page for who was signed in already, and is so still. */
export function sendProblem(reply: FastifyReply, problem: SignOnProblem, name: string): FastifyReply {
  const body = html`<p>${signOnSentence(problem, name)}</p><p><a href="/settings">Back to the settings</a></p>`;
  return sendPage(reply, 'That did not work', body, { status: 403 });
}

/** What a person reads; `name` is the provider's. */
export function signOnSentence(problem: SignOnProblem, name: string): string {
  const sentence = sentences[problem](name);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const sentences: Readonly<Record<SignOnProblem, (name: string) => string>> = {
  stranger: (name) =>
    `No account here is connected with this account of ${name}, and none has its verified e-mail address. Ask an owner to invite you. If you have an account, sign in another way and connect it in the settings.`,
  cancelled: (name) => `The sign-in was cancelled at ${name}. Nobody was signed in.`,
  stale: () =>
    'This sign-in was begun in another browser, was used already, or took longer than five minutes. Begin again.',
  taken: (name) =>
    `This account of ${name} is connected with another account here. Disconnect it there first, or choose another one.`,
  second: (name) =>
    `Your account here is connected with another account of ${name}. Sign in with that one, or in another way, and disconnect it in the settings; then this one can be connected.`,
  another: (name) =>
    `This is not the account of ${name} that yours here is connected with, so that nothing was confirmed. Begin again, and choose that one.`,
  failed: (name) =>
    `${name} gave no answer that could be trusted. Try again; if it stays so, tell whoever runs this gateway: its log says more.`,
};
