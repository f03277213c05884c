import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plug } from 'lucide-react';
import { preferencesQuery } from '../../api/settings.ts';
import { sourcesQuery } from '../../api/sources.ts';
import { Section } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Empty, ErrorNote, Loading } from '../../ui/states.tsx';
import { sortEntries } from './entries.ts';
import { LeftEntries } from './left-entries.tsx';
import { SourceItem } from './source-switches.tsx';
import { useSwitch } from './use-switch.tsx';

/** What one's own agents may not even see. */
export function PreferencesPart() {
  const disabled = useQuery(preferencesQuery);
  const sources = useQuery(sourcesQuery);
  const entries = useSwitch();
  const error = disabled.error ?? sources.error;
  const retry = () => void Promise.all([disabled.refetch(), sources.refetch()]);
  const isRead = disabled.data !== undefined && sources.data !== undefined;
  const sorted = isRead && sortEntries(disabled.data, sources.data);
  return (
    <Section
      title="What your agents may use"
      intro="What is off here, the sessions that you open neither see nor can ask for. Sessions of others are as before."
    >
      {error !== null && <ErrorNote error={error} retry={retry} />}
      {error === null && !isRead && <Loading />}
      {sorted && sources.data?.length === 0 && <NoSources />}
      {sorted && (sources.data?.length ?? 0) > 0 && (
        <Rows label="Sources">
          {sources.data?.map((source) => {
            const own = sorted.of.get(source.id) ?? { isOff: false, actions: [] };
            return <SourceItem key={source.id} source={source} own={own} entries={entries} />;
          })}
        </Rows>
      )}
      {sorted && sorted.left.length > 0 && <LeftEntries left={sorted.left} entries={entries} />}
    </Section>
  );
}

function NoSources() {
  return (
    <Empty icon={Plug} title="There are no sources yet">
      Once an admin has connected one, it can be switched off here for your own agents.{' '}
      <Link to="/sources" className="text-text underline underline-offset-2">
        Show the sources
      </Link>
    </Empty>
  );
}
