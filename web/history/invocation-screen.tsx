import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { useState } from 'react';
import { invocationQuery } from '../api/invocations.ts';
import { ApiError } from '../api/refusal.ts';
import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, ErrorNote, Loading } from '../ui/states.tsx';
import { uuid } from './filters.ts';
import { InvocationDetail } from './invocation-detail.tsx';

const route = getRouteApi('/history/$id');

/** One invocation, whole. */
export function InvocationScreen() {
  const { id } = route.useParams();
  // What is no id is nobody's, and is not asked for.
  return uuid.test(id) ? <Asked key={id} id={id} /> : <NotThere />;
}

function Asked({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(invocationQuery(id));
  const [isNobodys, setNobodys] = useState(false);
  // What is not there does not come to be: the screen stays, while the question is asked again at every event.
  if (!isNobodys && error instanceof ApiError && error.code === 'not_found') setNobodys(true);
  if (data !== undefined) return <InvocationDetail invocation={data} />;
  if (isNobodys) return <NotThere />;
  return (
    <Page title="Request">
      {error === null ? (
        <Loading lines={6} label="Loading the request" />
      ) : (
        <ErrorNote error={error} retry={() => void refetch()} />
      )}
    </Page>
  );
}

function NotThere() {
  return (
    <Page title="Request">
      <Empty icon={FileQuestion} title="There is no such request here">
        <p>Its address is wrong, or it belongs to another organization.</p>
        <Link to="/history" className={`mt-3 ${buttonClass()}`}>
          Go to the history
        </Link>
      </Empty>
    </Page>
  );
}
