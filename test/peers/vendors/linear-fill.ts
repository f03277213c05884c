// Something for a field that the stand-in does not know: null where the schema allows it, else the plainest value there is.
import { type GraphQLOutputType, isEnumType, isListType, isNonNullType, isScalarType } from 'graphql';

/** A value of this type. An object is empty: its own fields are filled as they are asked for. */
export function fill(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues().at(0)?.value;
  return isScalarType(inner) ? (scalars[inner.name] ?? '') : {};
}

const scalars: Readonly<Record<string, unknown>> = {
  Boolean: false,
  Float: 0,
  Int: 0,
  DateTime: '2025-03-01T09:00:00.000Z',
  TimelessDate: '2025-03-01',
  JSON: {},
  JSONObject: {},
};
