// A GraphQL executor that knows no schema: it follows the selections over the workspace, and has null for what is not there.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { LinearWorld } from './linear-data.ts';
import { readField } from './linear-fields.ts';
import { isRecord } from './values.ts';

export interface WalkOptions {
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/** The body of the answer. A field at the root that fails makes all of `data` null, as most of Linear's are non-null. */
export function walk(world: LinearWorld, document: DocumentNode, options: WalkOptions): object {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (options.operationName === undefined || definition.name?.value === options.operationName),
  );
  if (operation === undefined) return { errors: [{ message: 'Must provide an operation.' }] };
  const variables = { ...defaultsOf(operation), ...options.variables };
  const root = operation.operation === OperationTypeNode.MUTATION ? 'Mutation' : 'Query';
  try {
    return { data: select({ world, document, variables }, {}, root, [operation.selectionSet]) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const path = operation.selectionSet.selections.flatMap((field) =>
      field.kind === Kind.FIELD ? [responseKey(field)] : [],
    );
    return { errors: [{ ...error.toJSON(), path: path.slice(0, 1) }], data: null };
  }
}

interface Walk {
  readonly world: LinearWorld;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
}

type SelectionSets = readonly { readonly selections: readonly SelectionNode[] }[];

function select(
  at: Walk,
  source: Record<string, unknown>,
  typename: string,
  sets: SelectionSets,
): Record<string, unknown> {
  const fields = Map.groupBy(
    sets.flatMap((set) => fieldsOf(at, typename, set.selections)),
    responseKey,
  );
  return Object.fromEntries([...fields].map(([key, nodes]) => [key, readNodes(at, source, typename, nodes)]));
}

/** The same key may be asked for more than once, each time with a selection of its own. */
function readNodes(at: Walk, source: Record<string, unknown>, typename: string, nodes: FieldNode[]): unknown {
  const [first] = nodes;
  if (first === undefined) return null;
  const name = first.name.value;
  if (name === '__typename') return typename;
  const args = Object.fromEntries(
    (first.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, at.variables)]),
  );
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return complete(at, readField(at.world, typename, source, name, args), sets);
}

function complete(at: Walk, value: unknown, sets: SelectionSets): unknown {
  if (Array.isArray(value)) return value.map((item) => complete(at, item, sets));
  if (sets.length === 0 || !isRecord(value)) return value ?? null;
  return select(at, value, typeof value['__typename'] === 'string' ? value['__typename'] : '', sets);
}

function fieldsOf(at: Walk, typename: string, selections: readonly SelectionNode[]): FieldNode[] {
  return selections.flatMap((selection): FieldNode[] => {
    if (!isIncluded(at, selection.directives ?? [])) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(at, selection.name.value);
    const condition = fragment.typeCondition?.name.value ?? typename;
    const applies = typename === '' || condition === typename || condition === 'Node';
    return applies ? fieldsOf(at, typename, fragment.selectionSet.selections) : [];
  });
}

function fragmentOf({ document }: Walk, name: string) {
  const fragment = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new GraphQLError(`Unknown fragment "${name}".`);
  return fragment;
}

function isIncluded({ variables }: Walk, directives: readonly DirectiveNode[]): boolean {
  return directives.every(({ name, arguments: [condition] = [] }) => {
    const holds = condition !== undefined && valueFromASTUntyped(condition.value, variables) === true;
    return name.value === 'skip' ? !holds : name.value !== 'include' || holds;
  });
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
