import { z } from 'zod';

/** Items of a vendor's list: more than any page that is asked for. */
const usualMost = 500;

/** What could be read of a vendor's list. */
export interface List<Item> {
  readonly items: readonly Item[];
  /** How many were left out and why, in a sentence of ours without anything of the answer; `null` where all could be read. */
  readonly leftOut: string | null;
}

/**
 * A list in a vendor's answer. An element that does not fit is left out, and counted; anything but a list is refused. Of one that is
 * too long, the rest is not looked at: zod's own list keeps a sentence for each that does not fit, and ten megabytes of empty
 * objects take all memory.
 */
export function listOf<Item extends z.ZodType>(item: Item, most = usualMost) {
  return z
    .custom<readonly unknown[]>((value) => Array.isArray(value))
    .transform((elements) => readEach(item, elements, most));
}

function readEach<Item extends z.ZodType>(
  item: Item,
  elements: readonly unknown[],
  most: number,
): List<z.infer<Item>> {
  const items: z.infer<Item>[] = [];
  const reasons = new Map<string, number>();
  const leave = (reason: string, count: number) => reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  for (const element of elements.slice(0, most)) {
    const read = item.safeParse(element);
    if (read.success) items.push(read.data);
    else leave(reasonOf(read.error), 1);
  }
  if (elements.length > most) leave(`beyond the first ${most}`, elements.length - most);
  return { items, leftOut: sentence(reasons, elements.length) };
}

/** The field's name is the schema's: nothing that a vendor sent stands in it. */
function reasonOf({ issues: [first] }: z.ZodError): string {
  const field = first?.path.find((part) => typeof part === 'string');
  return field === undefined ? 'not an object' : `no "${field}" that can be read`;
}

function sentence(reasons: ReadonlyMap<string, number>, all: number): string | null {
  if (reasons.size === 0) return null;
  const left = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  return `${left} of ${all} left out: ${why}.`;
}

/** A list under its name, and what was left out of it under `<name>LeftOut`, where anything was. */
export function shownList<Item>(
  name: string,
  { items, leftOut }: List<Item>,
  show: (item: Item) => unknown = (item) => item,
): Readonly<Record<string, unknown>> {
  return { [name]: items.map(show), ...(leftOut !== null && { [`${name}LeftOut`]: leftOut }) };
}

/** A field that an element can be shown without: `null` where it is absent, or of another kind than the vendor documents. */
export function optional<Field extends z.ZodType>(field: Field) {
  return field
    .nullish()
    .catch(null)
    .transform((value): z.infer<Field> | null => value ?? null);
}
