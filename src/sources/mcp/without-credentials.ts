import type { Listing } from './list-tools.ts';
import type { OmittedTool, Tool } from './tools.ts';

/**
 * A listing that repeats no credential. A server that is shown one may put it into anything that it says of its tools, which
 * agents read and the gateway keeps: such a tool is left out whole, since a name or a schema cannot be mended. This is
 * done before the listing is kept, while it is known which credentials were handed out for it.
 */
export function withoutCredentials(listing: Listing, withoutSecrets: (text: string) => string): Listing {
  const repeatsOne = (tool: Tool): boolean => {
    const text = JSON.stringify([tool.name, tool.description, tool.params.jsonSchema]);
    return withoutSecrets(text) !== text;
  };
  const all = [...listing.tools];
  const omitted = all.filter(([, tool]) => repeatsOne(tool)).map(([name]) => omission(withoutSecrets(name)));
  return {
    instructions: withoutSecrets(listing.instructions),
    tools: new Map(all.filter(([, tool]) => !repeatsOne(tool))),
    omitted: [...listing.omitted.map((one) => cleaned(one, withoutSecrets)), ...omitted],
  };
}

function omission(tool: string): OmittedTool {
  return { tool, reason: 'it repeats the credential that the server was shown' };
}

function cleaned({ tool, reason }: OmittedTool, withoutSecrets: (text: string) => string): OmittedTool {
  return { tool: withoutSecrets(tool), reason: withoutSecrets(reason) };
}
