import type { ComponentProps } from 'react';
import { TextArea, TextField } from '../ui/field.tsx';
import { Fold } from '../ui/fold.tsx';
import type { ConnectorFields } from './connector-fields.ts';
import type { SettingFields } from './setting-fields.ts';

interface MoreFieldsProps {
  readonly fields: ConnectorFields;
  readonly change: (changed: Partial<ConnectorFields>) => void;
}

/** What most servers do without: headers or variables, a folder, limits of time. */
export function MoreFields({ fields, change }: MoreFieldsProps) {
  const { settings, transport } = fields;
  const set = (changed: Partial<SettingFields>) => change({ settings: { ...settings, ...changed } });
  const isLocal = transport === 'stdio';
  return (
    <Fold summary={isLocal ? 'Variables, folder and limits' : 'Headers and limits'}>
      <div className="flex flex-col gap-4 text-base">
        <Lines
          label={isLocal ? 'Environment variables' : 'Headers'}
          hint={`One a line, like ${isLocal ? 'REGION=eu-1' : 'X-Region=eu-1'}. Anybody who administers the organization can read them.`}
          value={settings.plain}
          onChange={({ target }) => set({ plain: target.value })}
        />
        <Lines
          label={isLocal ? 'Variables from secrets' : 'Headers from secrets'}
          hint={`One a line: the name, "=", and the key of a secret, like ${isLocal ? 'PGPASSWORD' : 'X-Tenant-Key'}=MY_SECRET.`}
          value={settings.secret}
          onChange={({ target }) => set({ secret: target.value })}
        />
        {isLocal && <CommandFields settings={settings} set={set} />}
        <Seconds
          label="Seconds to start"
          hint="For start and handshake alone. Without it, they count into the other limits."
          max={120}
          value={settings.start}
          onChange={({ target }) => set({ start: target.value })}
        />
        <Seconds
          label="Seconds for its list of tools"
          hint="Usually 15."
          max={120}
          value={settings.list}
          onChange={({ target }) => set({ list: target.value })}
        />
        <Seconds
          label="Seconds for a call"
          hint="Usually 30. Each report of progress grants as long again."
          max={600}
          value={settings.call}
          onChange={({ target }) => set({ call: target.value })}
        />
        <Seconds
          label="Seconds for a call at the longest"
          hint="However often it reports progress. Usually twice the limit of a call."
          max={600}
          value={settings.longest}
          onChange={({ target }) => set({ longest: target.value })}
        />
      </div>
    </Fold>
  );
}

interface CommandFieldsProps {
  readonly settings: SettingFields;
  readonly set: (changed: Partial<SettingFields>) => void;
}

function CommandFields({ settings, set }: CommandFieldsProps) {
  return (
    <>
      <TextField
        label="Working folder"
        hint="A whole path on the gateway's machine, like /srv/files."
        pattern="/.*"
        autoCapitalize="none"
        spellCheck={false}
        value={settings.cwd}
        onChange={({ target }) => set({ cwd: target.value })}
      />
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={settings.parallel}
          onChange={({ target }) => set({ parallel: target.checked })}
        />
        Several of its processes may run at a time
      </label>
    </>
  );
}

function Lines(area: ComponentProps<typeof TextArea>) {
  return <TextArea {...area} className="font-mono" autoCapitalize="none" spellCheck={false} />;
}

function Seconds(field: ComponentProps<typeof TextField>) {
  return <TextField {...field} type="number" min={1} step="any" />;
}
