// Runs a GraphQL operation over the workspace: by graphql-js where Linear's schema is there, which refuses what the schema
// does not allow, and by a plain walk over the selections where it is not.
import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { LinearWorld } from './linear-data.ts';
import { malformed } from './linear-errors.ts';
import { readField } from './linear-fields.ts';
import { fill } from './linear-fill.ts';
import { walk } from './linear-walk.ts';
import { asText, isRecord } from './values.ts';
import type { Answer } from './vendor.ts';

export interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/** Answers one operation: 200 with `data` or `errors`, 400 for what is not a valid operation. */
export async function runOperation(
  world: LinearWorld,
  schema: GraphQLSchema | undefined,
  operation: Operation,
): Promise<Answer> {
  const document = parsed(operation.query);
  if (document instanceof GraphQLError) return malformed('GRAPHQL_PARSE_FAILED', [document]);
  if (schema === undefined) return { body: walk(world, document, operation) };
  const invalid = validate(schema, document);
  if (invalid.length > 0) return malformed('GRAPHQL_VALIDATION_FAILED', invalid);
  const { data, errors } = await executed(world, schema, document, operation);
  // graphql-js has no data at all, not even null, where it could not take the variables.
  if (data === undefined) return malformed('BAD_USER_INPUT', errors ?? []);
  return { body: errors === undefined ? { data } : { errors, data } };
}

/** What `@linear/sdk` 98 asks of every team and label, and the schema beside the checkout is too old to have. */
const sinceThen = `
extend type Team { viewerMembership: TeamMembership viewerCanJoin: Boolean! viewerCanLeave: Boolean! }
extend type IssueLabel { groupType: String }
`;

const schemas = new Map<string, GraphQLSchema>();

/** Builds a schema, once for each text in a process: Linear's takes a while. */
export function schemaOf(text: string): GraphQLSchema {
  const known = schemas.get(text);
  if (known !== undefined) return known;
  const schema = buildSchema(text + sinceThen, { noLocation: true, assumeValid: true, assumeValidSDL: true });
  schemas.set(text, schema);
  return schema;
}

function executed(
  world: LinearWorld,
  schema: GraphQLSchema,
  document: DocumentNode,
  { variables, operationName }: Operation,
): ReturnType<typeof execute> {
  return execute({
    schema,
    document,
    variableValues: variables,
    ...(operationName !== undefined && { operationName }),
    fieldResolver: (source: unknown, args, _context, { parentType, fieldName, returnType }) => {
      const value = readField(world, parentType.name, isRecord(source) ? source : {}, fieldName, args);
      return value === undefined ? fill(returnType) : value;
    },
    typeResolver: (value) => (isRecord(value) ? asText(value['__typename']) : undefined),
  });
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
