import { z } from 'zod';

/** A field of a schema as the page on the format names it. */
export interface Field {
  /** `late.per`, `visibility[].show`, `inputs.*.dtype`. */
  readonly name: string;
  /** Whether it may be left out. */
  readonly optional: boolean;
  /** The words that it may have, and its default. */
  readonly words: readonly string[];
}

/** A field's schema without what says that it may be left out. */
function peel(schema: z.ZodType): { inner: z.ZodType; optional: boolean; fallback: string[] } {
  if (schema instanceof z.ZodOptional) return { ...peel(schema.unwrap() as z.ZodType), optional: true };
  if (schema instanceof z.ZodDefault) {
    const { defaultValue } = schema.def;
    const fallback = typeof defaultValue === 'object' ? [] : [String(defaultValue)];
    return { ...peel(schema.unwrap() as z.ZodType), optional: true, fallback };
  }
  return { inner: schema, optional: false, fallback: [] };
}

const PLAIN = [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull, z.ZodEnum, z.ZodLiteral];

/** What a value is made of, one level down, with how a path to it is written. */
function inside(schema: z.ZodType): { schema: z.ZodType; step: string }[] {
  const at = (step: string, ...schemas: unknown[]) =>
    schemas.map((one) => ({ schema: one as z.ZodType, step }));
  if (schema instanceof z.ZodArray) return at('[]', schema.element);
  if (schema instanceof z.ZodTuple) return at('[]', ...schema.def.items);
  if (schema instanceof z.ZodRecord) return at('.*', schema.valueType);
  if (schema instanceof z.ZodUnion) return at('', ...schema.options);
  if (schema instanceof z.ZodLazy) return at('', schema.unwrap());
  if (PLAIN.some((one) => schema instanceof one)) return [];
  throw new Error(`a schema of the type ${schema.def.type}, which this walk does not know`);
}

/** A schema that holds itself is looked into once. */
const andItself = (elsewhere: ReadonlySet<z.ZodType>, schema: z.ZodType): ReadonlySet<z.ZodType> =>
  schema instanceof z.ZodLazy ? new Set([...elsewhere, schema]) : elsewhere;

function wordsOf(schema: z.ZodType, elsewhere: ReadonlySet<z.ZodType>): string[] {
  if (elsewhere.has(schema) || schema instanceof z.ZodObject) return [];
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  const known = andItself(elsewhere, schema);
  return inside(schema).flatMap((one) => wordsOf(peel(one.schema).inner, known));
}

function below(schema: z.ZodType, path: string, elsewhere: ReadonlySet<z.ZodType>): Field[] {
  return elsewhere.has(schema) ? [] : fieldsBelow(schema, path, elsewhere);
}

function fieldsBelow(schema: z.ZodType, path: string, elsewhere: ReadonlySet<z.ZodType>): Field[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, value]) => {
      const name = path === '' ? key : `${path}.${key}`;
      const { inner, optional, fallback } = peel(value);
      const words = [...new Set([...wordsOf(inner, elsewhere), ...fallback])];
      return [{ name, optional, words }, ...below(inner, name, elsewhere)];
    });
  }
  const known = andItself(elsewhere, schema);
  const fields = inside(schema).flatMap((one) => below(peel(one.schema).inner, path + one.step, known));
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

/** The alternatives of a union that one field tells apart, by that field's word. */
export function alternativesOf(union: z.ZodDiscriminatedUnion): [word: string, schema: z.ZodObject][] {
  const { discriminator, options } = union.def;
  return (options as z.ZodObject[]).map((schema) => {
    const [word] = (schema.shape[discriminator] as z.ZodLiteral).values;
    return [String(word), schema];
  });
}

/**
 * All fields of a schema, at any depth, as far as they are not described elsewhere. What is told apart by one field is
 * named by that field's word: `argmax`, `argmax.is`.
 */
export function fieldsOf(schema: z.ZodType, elsewhere: ReadonlySet<z.ZodType>): Field[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return fieldsBelow(schema, '', elsewhere);
  const { discriminator } = schema.def;
  return alternativesOf(schema).flatMap(([word, alternative]) => [
    { name: word, optional: false, words: [] },
    ...fieldsBelow(alternative, word, elsewhere).filter(({ name }) => name !== `${word}.${discriminator}`),
  ]);
}
