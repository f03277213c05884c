import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { type ConnectorFields, withTransport } from './connector-fields.ts';

interface TransportFieldsProps {
  readonly fields: ConnectorFields;
  readonly change: (fields: ConnectorFields) => void;
}

/** Where an MCP server is. */
export function TransportFields({ fields, change }: TransportFieldsProps) {
  return (
    <>
      <SelectField
        label="Reached by"
        value={fields.transport}
        onChange={({ target }) => change(withTransport(fields, target.value === 'stdio' ? 'stdio' : 'http'))}
      >
        <option value="http">Its URL</option>
        <option value="stdio">A local command</option>
      </SelectField>
      {fields.transport === 'http' ? (
        <TextField
          label="URL"
          hint="Over Streamable HTTP, like https://mcp.example.com/mcp"
          type="url"
          required
          value={fields.url}
          onChange={({ target }) => change({ ...fields, url: target.value })}
        />
      ) : (
        <>
          <TextField
            label="Command"
            hint="The program that the gateway starts on its own machine, where whoever runs it allows that."
            required
            autoCapitalize="none"
            spellCheck={false}
            value={fields.command}
            onChange={({ target }) => change({ ...fields, command: target.value })}
          />
          <TextArea
            label="Arguments"
            hint="One a line, as they are: no shell reads them."
            className="font-mono"
            autoCapitalize="none"
            spellCheck={false}
            value={fields.args}
            onChange={({ target }) => change({ ...fields, args: target.value })}
          />
        </>
      )}
    </>
  );
}
