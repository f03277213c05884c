import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { automationsQuery } from '../api/automations.ts';
import { Text } from '../ui/text.tsx';

/** The automation that a session belongs to, by its name. */
export function AutomationLink({ id }: { readonly id: string }) {
  const { data } = useQuery(automationsQuery);
  const name = data?.find((one) => one.id === id)?.name;
  return (
    <Link to="/automations/$id" params={{ id }} className="text-text underline underline-offset-2">
      <Text value={name ?? id.slice(-6)} />
    </Link>
  );
}
