import { type FormEvent, useState } from 'react';
import { periodNames, periods } from '../api/filters.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { useStateOf } from '../ui/use-state-of.ts';
import { type FilterProps, readFilters } from './filters.ts';
import { fromLocal, toLocal } from './local-moment.ts';

/** Back from now, or from one moment to another. */
export function TimeFilter({ filters, change }: FilterProps) {
  const { last, from, to } = filters;
  const hasRange = from !== undefined || to !== undefined;
  const [isCustom, setCustom] = useStateOf(`${last} ${from} ${to}`, hasRange);
  const choose = (value: string) => {
    setCustom(value === custom);
    if (value !== custom) change({ last: readFilters({ last: value }).last, from: undefined, to: undefined });
  };
  return (
    <>
      <SelectField
        label="Time"
        value={isCustom ? custom : (last ?? '')}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">All</option>
        {periodNames.map((period) => (
          <option key={period} value={period}>
            {periods[period].name}
          </option>
        ))}
        <option value={custom}>From … to …</option>
      </SelectField>
      {isCustom && <CustomRange filters={filters} change={change} />}
    </>
  );
}

const custom = 'custom';

function CustomRange({ filters, change }: FilterProps) {
  const begin = filters.from === undefined ? '' : toLocal(filters.from);
  const end = filters.to === undefined ? '' : toLocal(filters.to);
  const [from, setFrom] = useStateOf(begin, begin);
  const [to, setTo] = useStateOf(end, end);
  const [error, setError] = useState<string>();
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const range = { from: fromLocal(from), to: fromLocal(to) };
    const isBackwards = range.from !== undefined && range.to !== undefined && range.to <= range.from;
    setError(isBackwards ? 'It must end after it begins.' : undefined);
    if (!isBackwards) change({ last: undefined, ...range });
  };
  return (
    <form
      onSubmit={apply}
      aria-label="From and to"
      className="flex flex-wrap items-start gap-3 col-span-2 md:col-span-4"
    >
      <TextField
        label="From"
        type="datetime-local"
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <TextField
        label="To"
        type="datetime-local"
        value={to}
        error={error}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button type="submit" className="mt-6">
        Apply
      </Button>
    </form>
  );
}
