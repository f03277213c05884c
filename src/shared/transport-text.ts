/** How an MCP server is reached: by its address, or by the command that starts it. */
type Transport =
  | { readonly type: 'http'; readonly url: string }
  | { readonly type: 'stdio'; readonly command: string; readonly args: readonly string[] };

/** A connector's transport on one line; `quoted` writes each word of a command that is not plain. */
export function transportText(transport: Transport, quoted: (word: string) => string): string {
  if (transport.type === 'http') return transport.url;
  return [transport.command, ...transport.args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word)))
    .join(' ');
}
