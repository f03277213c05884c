import type { Env } from '../config/home.ts';
import type { Command, Flag } from './command.ts';
import { Failure } from './exit.ts';

/** Whose a command is. What is a person's uses what that person holds: credentials, keys, the gateway's data. */
export type Audience = 'person' | 'agent' | 'anybody';

const asPersonFlag: Flag = {
  type: 'switch',
  about: "run it although this is an agent's environment: a person is here",
};

/**
 * The same command, for people alone: in an agent's environment it refuses before it reads or asks anything, so that an agent
 * that shares a machine with its person does not act as that person. It keeps mistakes out, not an agent that means to: what does
 * that is another user, a container or another machine.
 */
export function forPeople(path: string, command: Command): Command {
  return {
    ...command,
    flags: { ...command.flags, 'as-person': asPersonFlag },
    run(input) {
      if (input.flags['as-person'] !== true) refuseAgent(path, process.env);
      return command.run(input);
    },
  };
}

/** Throws `forbidden` where one of the variables is set that `assent sessions create` hands out. */
function refuseAgent(path: string, env: Env): void {
  const marks = marksOfAgent(env);
  if (marks.length === 0) return;
  throw new Failure(
    'forbidden',
    `\`assent ${path}\` is for people, and this is an agent's environment (it has ${new Intl.ListFormat('en').format(marks)}). Nothing was done. An agent asks its person to run it. If you are that person, run it in a shell of your own, or add --as-person.`,
  );
}

/** The variables that give it away. The address is a person's too, where `ASSENT_USER_TOKEN` stands beside it. */
function marksOfAgent(env: Env): string[] {
  const marks = [
    'ASSENT_SESSION_ID',
    'ASSENT_TOKEN',
    ...(env.ASSENT_USER_TOKEN ? [] : ['ASSENT_GATEWAY_URL']),
  ];
  return marks.filter((name) => env[name]);
}
