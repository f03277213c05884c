import { command, reply } from '../command.ts';
import { type Completed, completed } from '../completion/completed.ts';
import { bash, fish, zsh } from '../completion/shells.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const scripts: Readonly<Record<Shell, (all: readonly Completed[]) => string>> = { bash, zsh, fish };

export const completion = command({
  example: 'source <(assent completion bash)',
  more: `bash: put the example into ~/.bashrc. zsh: put \`source <(assent completion zsh)\` behind compinit in ~/.zshrc.
fish: assent completion fish > ~/.config/fish/completions/assent.fish`,
  args: { shell: { about: 'for which shell', choices: ['bash', 'zsh', 'fish'] } },
  async run({ args }) {
    const script = scripts[args.shell](await completed());
    return reply({ shell: args.shell, script }, (shown) => shown.script);
  },
});
