import { readFile, writeFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { type McpPeer, type PeerTool, startMcpPeer } from '../peers/mcp.ts';

const path = { path: { type: 'string' } };
const reads = { readOnlyHint: true, openWorldHint: false };

function tool(name: string, description: string, properties: object, annotations: object = reads): PeerTool {
  const inputSchema = { type: 'object', properties, required: Object.keys(properties) };
  return { name, description, inputSchema, annotations };
}

/** As `@modelcontextprotocol/server-filesystem` describes its own. Those that no test calls are there to be listed. */
const tools: readonly PeerTool[] = [
  tool('read_file', 'Read the complete contents of a file as text. DEPRECATED: Use read_text_file.', path),
  tool('read_text_file', 'Read the complete contents of a file from the file system as text.', path),
  tool(
    'write_file',
    'Create a new file or completely overwrite an existing file with new content. Use with caution.',
    { ...path, content: { type: 'string' } },
    { readOnlyHint: false, idempotentHint: true, destructiveHint: true, openWorldHint: false },
  ),
  tool('list_directory', 'Get a detailed listing of all files and directories in a path.', path),
  tool('directory_tree', 'Get a recursive tree view of files and directories as JSON.', path),
  tool('get_file_info', 'Retrieve detailed metadata about a file or directory.', path),
  tool('list_allowed_directories', 'Returns the directories that this server is allowed to access.', {}),
];

/** An MCP server in this process that reads and writes real files, below a folder and nowhere else. */
export function startFilesPeer(folder: string): Promise<McpPeer> {
  const calls: Readonly<Record<string, (params: Record<string, unknown>) => Promise<string>>> = {
    read_text_file: async (params) => readFile(within(folder, params), 'utf8'),
    write_file: async (params) => {
      const file = within(folder, params);
      await writeFile(file, String(params['content']));
      return `Successfully wrote to ${file}`;
    },
    list_allowed_directories: async () => `Allowed directories:\n${folder}`,
  };
  const onCall = async (name: string, params: Record<string, unknown>) => {
    try {
      const text = await (calls[name] ?? unknown(name))(params);
      return { content: [{ type: 'text', text }] };
    } catch (error) {
      return { content: [{ type: 'text', text: String(error) }], isError: true };
    }
  };
  return startMcpPeer({ state: { tools: [...tools], onCall } });
}

function within(folder: string, params: Record<string, unknown>): string {
  const file = String(params['path']);
  if (!file.startsWith(folder + sep)) throw new Error(`Access denied - path outside ${folder}: ${file}`);
  return file;
}

function unknown(name: string) {
  return async (): Promise<string> => {
    throw new Error(`This server does nothing for ${name}`);
  };
}
