// It hands on an OpenAPI description.
import { type OddTools, oneTool } from './scripted-tools.ts';

export const server: OddTools = {
  list: oneTool({
    $schema: 'https://odd.example/dialect',
    type: 'object',
    properties: {
      size: { type: 'integer', format: 'int128', nullable: true, exclusiveMaximum: 1e300 },
      zone: { enum: Array.from({ length: 2100 }, (_, at) => `Zone/${at}`) },
      file: { type: 'file' },
    },
  }),
  called: { do: { size: null, zone: 'Zone/2099', file: 'x' } },
  unchecked: [
    'the whole: its $schema names no draft of JSON Schema from 4 to 2020-12; it is read as 2020-12',
    '/properties/size/exclusiveMaximum: it is too large a number to be held exactly',
    '/properties/file/type: type is not what JSON Schema has there',
  ],
};
