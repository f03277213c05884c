/** What a JSON Schema of an object says of each of its members. A schema is a stranger's: what is not as expected says nothing. */
export function descriptionsOf(schema: unknown): Readonly<Record<string, string>> {
  const properties = memberOf(schema, 'properties');
  if (typeof properties !== 'object' || properties === null) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, member]) => {
      const description = memberOf(member, 'description');
      return typeof description === 'string' && description !== '' ? [[name, description]] : [];
    }),
  );
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  // It has the member, as was just asked.
  return (value as Readonly<Record<string, unknown>>)[name];
}
