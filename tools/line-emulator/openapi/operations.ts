import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { isRecord, standalone, strictSchemas, type JsonSchema } from './strict-schema';

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()).default({}),
});

const operationSchema = z.object({
  parameters: z.array(parameterSchema).default([]),
  requestBody: z
    .object({
      required: z.boolean().default(false),
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })),
    })
    .optional(),
});

export const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z
    .object({ schemas: z.record(z.string(), z.unknown()).default({}) })
    .default({ schemas: {} }),
});

export type OpenApiDocument = z.output<typeof documentSchema>;

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  validate: ValidateFunction;
}

/** One method of one path, with everything compiled that its requests are checked by. */
export interface Operation {
  method: string;
  path: string;
  pattern: RegExp;
  pathNames: string[];
  parameters: Parameter[];
  bodyRequired: boolean;
  /** Content type → validator; null for bytes. */
  bodies: Map<string, ValidateFunction | null>;
}

const METHODS = ['get', 'post', 'put', 'delete', 'patch'];

/** Reads every operation of a document. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const compiler = new Compiler(document.components.schemas);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => method in methods).map((method) =>
      compiler.operation(method.toUpperCase(), path, operationSchema.parse(methods[method])),
    ),
  );
}

class Compiler {
  private readonly ajv = addFormats(new Ajv({ strict: false, allErrors: true, logger: false }));
  private readonly definitions: JsonSchema;

  constructor(private readonly schemas: JsonSchema) {
    this.definitions = strictSchemas(schemas);
  }

  operation(method: string, path: string, source: z.output<typeof operationSchema>): Operation {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    const pattern = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+)');
    return {
      method,
      path,
      pattern: new RegExp(`^${pattern}$`),
      pathNames: names,
      parameters: source.parameters.map((parameter) => ({
        ...parameter,
        validate: this.parameter(parameter.schema),
      })),
      bodyRequired: source.requestBody?.required ?? false,
      bodies: new Map(
        Object.entries(source.requestBody?.content ?? {}).map(([type, { schema }]) => [
          type,
          isBinary(schema) ? null : this.compile(schema),
        ]),
      ),
    };
  }

  /** Parameters are text; numbers among them are read as numbers before they are checked. */
  private parameter(schema: JsonSchema): ValidateFunction {
    const items = isRecord(schema.items) ? schema.items : undefined;
    return this.compile(schema.type === 'array' && items ? items : schema);
  }

  private compile(schema: JsonSchema): ValidateFunction {
    return this.ajv.compile(standalone(schema, this.schemas, this.definitions));
  }
}

function isBinary(schema: JsonSchema): boolean {
  return schema.format === 'binary';
}
