import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

const record = z.record(z.string(), z.unknown());
const discriminatorSchema = z.object({
  propertyName: z.string(),
  mapping: z.record(z.string(), z.string()),
});

const REFERENCE = '#/components/schemas/';
/** Words of OpenAPI that mean nothing to a JSON Schema validator. */
const IGNORED = new Set(['description', 'example', 'examples', 'externalDocs', 'default', 'title']);

export const isRecord = (value: unknown): value is JsonSchema => record.safeParse(value).success;
const asRecord = (value: unknown): JsonSchema => (isRecord(value) ? value : {});
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const nameOf = (reference: string) => reference.slice(REFERENCE.length);

/**
 * Rewrites the schemas of an OpenAPI document into JSON Schema that knows no unknown property.
 * What is inherited by `allOf` is copied into one flat object, because `additionalProperties`
 * looks at its own object only; a discriminator becomes one `if`/`then` per kind.
 */
export function strictSchemas(schemas: JsonSchema): JsonSchema {
  const writer = new StrictWriter(schemas);
  return Object.fromEntries(Object.keys(schemas).map((name) => [name, writer.definition(name)]));
}

type Kinds = Map<string, { property: string; values: string[] }>;

class StrictWriter {
  private readonly kindOf: Kinds;

  constructor(private readonly schemas: JsonSchema) {
    this.kindOf = kindsByName(schemas);
  }

  definition(name: string): JsonSchema {
    const schema = asRecord(this.schemas[name]);
    const discriminator = discriminatorSchema.safeParse(schema.discriminator);
    if (!discriminator.success) return this.convert(schema, name);
    const { propertyName, mapping } = discriminator.data;
    const kinds = Object.entries(mapping);
    return {
      type: 'object',
      required: [propertyName],
      properties: { [propertyName]: { enum: kinds.map(([kind]) => kind) } },
      allOf: kinds.map(([kind, reference]) => ({
        if: { properties: { [propertyName]: { const: kind } } },
        then: { $ref: `#/$defs/${nameOf(reference)}` },
      })),
    };
  }

  convert(schema: JsonSchema, name?: string): JsonSchema {
    if (typeof schema.$ref === 'string') return { $ref: `#/$defs/${nameOf(schema.$ref)}` };
    if (Array.isArray(schema.oneOf)) {
      return { anyOf: schema.oneOf.map((each) => this.convert(asRecord(each))) };
    }
    if (schema.properties || schema.allOf) return this.flatObject(schema, name);
    const converted: JsonSchema = {};
    for (const [word, value] of Object.entries(schema)) {
      if (IGNORED.has(word) || word === 'nullable') continue;
      const nested = word === 'items' || word === 'additionalProperties';
      converted[word] = nested && isRecord(value) ? this.convert(value) : value;
    }
    return nullable(schema, converted);
  }

  private flatObject(schema: JsonSchema, name?: string): JsonSchema {
    const { properties, required } = this.collect(schema);
    const kind = name ? this.kindOf.get(name) : undefined;
    if (kind) properties[kind.property] = { enum: kind.values };
    const open = schema.additionalProperties;
    return nullable(schema, {
      type: 'object',
      properties,
      required: [...new Set(required)],
      additionalProperties: isRecord(open) ? this.convert(open) : (open ?? false),
    });
  }

  /** Own properties and all inherited ones. */
  private collect(schema: JsonSchema): { properties: JsonSchema; required: string[] } {
    const properties: JsonSchema = {};
    const required = asList(schema.required).map(String);
    for (const part of asList(schema.allOf).map(asRecord)) {
      const base = typeof part.$ref === 'string' ? asRecord(this.schemas[nameOf(part.$ref)]) : part;
      const inherited = this.collect(base);
      Object.assign(properties, inherited.properties);
      required.push(...inherited.required);
    }
    for (const [property, value] of Object.entries(asRecord(schema.properties))) {
      properties[property] = this.convert(asRecord(value));
    }
    return { properties, required };
  }
}

/** Which schema stands for which values of its parent's discriminator. */
function kindsByName(schemas: JsonSchema): Kinds {
  const kinds: Kinds = new Map();
  for (const schema of Object.values(schemas)) {
    const discriminator = discriminatorSchema.safeParse(asRecord(schema).discriminator);
    if (!discriminator.success) continue;
    for (const [value, reference] of Object.entries(discriminator.data.mapping)) {
      const known = kinds.get(nameOf(reference))?.values ?? [];
      kinds.set(nameOf(reference), {
        property: discriminator.data.propertyName,
        values: [...known, value],
      });
    }
  }
  return kinds;
}

function nullable(source: JsonSchema, schema: JsonSchema): JsonSchema {
  return source.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** A schema that stands alone: an inline one, with the definitions it may refer to. */
export function standalone(schema: JsonSchema, schemas: JsonSchema, definitions: JsonSchema) {
  return { ...new StrictWriter(schemas).convert(schema), $defs: definitions };
}
