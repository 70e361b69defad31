import { z } from "zod";
import { definitionSchema } from "./definition.ts";

/** The JSON Schema of a definition as people write it, for editors. */
export function definitionJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(definitionSchema, { io: "input", unrepresentable: "any" });
  return { ...schema, title: "Waybill integration definition" };
}
