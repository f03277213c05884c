import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import { type Database, type Engine, engineOf } from './database.ts';

/** Stands for a parameter while a query is compiled. Kysely takes it for a value, and carries it to the list of them. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query of the hot path, compiled once for each engine: building and compiling one costs more than SQLite takes to run
 * it. `build` is given the names of the parameters, and must put them into the query as they are: it sees no values.
 */
export function prepared<Parameters extends object, Row>(
  build: (db: Database, parameters: Parameters) => Compilable<Row>,
): (db: Database, parameters: Parameters) => Promise<QueryResult<Row>> {
  const compiled = new Map<Engine, Template<Row>>();
  return (db, parameters) => {
    const engine = engineOf(db);
    let template = compiled.get(engine);
    if (template === undefined) {
      template = toTemplate(build(db, placeholders<Parameters>()).compile());
      compiled.set(engine, template);
    }
    return db.executeQuery({ ...template.query, parameters: template.bind(parameters) });
  };
}

interface Template<Row> {
  readonly query: CompiledQuery<Row>;
  bind(parameters: object): unknown[];
}

function toTemplate<Row>(query: CompiledQuery<Row>): Template<Row> {
  return {
    query,
    bind: (parameters) =>
      query.parameters.map((slot) =>
        slot instanceof Placeholder ? Reflect.get(parameters, slot.name) : slot,
      ),
  };
}

/** Every property is its own placeholder, whatever type `build` believes it has. */
function placeholders<Parameters extends object>(): Parameters {
  return new Proxy({}, { get: (_target, name) => new Placeholder(String(name)) }) as Parameters;
}
