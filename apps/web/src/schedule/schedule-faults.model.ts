import type { ApiFault } from "../data/api.ts";
import { sentence } from "../ui/sentence.ts";

const targetCodes = ["integration_unknown", "integration_deleted", "set_unknown", "set_deleted"];
const fileCodes = ["source_file_missing", "file_too_large"];
const recurrenceParts = [
  "kind",
  "at",
  "every",
  "days",
  "missingDay",
  "expression",
  "timeZone",
  "start",
  "end",
  "times",
];

/** What the server says of a schedule, by the part of the form that it is of; the part of all else is empty. */
export function placeFaults(fault: ApiFault, bound: "none" | "end" | "times"): Record<string, string> {
  const { code, message, details = {} } = fault;
  if (typeof details.step === "string") return { [`steps.${details.step}`]: message };
  if (Array.isArray(details.faults)) return placeEach(details.faults as ToldFault[], bound);
  if (code === "schedule_name_taken") return { name: message };
  if (code === "schedule_changed") return { "": savedMeanwhile };
  if (targetCodes.includes(code)) return { target: message };
  if (fileCodes.includes(code)) return { sourceFile: message };
  if (code.startsWith("attachment_") && typeof details.key === "string")
    return { [`attachments.${details.key}`]: message };
  return { "": message };
}

const savedMeanwhile =
  "Somebody has saved this schedule meanwhile. Open it in another tab to see how, or save again to write over it.";

/** When somebody else saved the schedule, where that is why it was refused. */
export function readSavedAt({ code, details = {} }: ApiFault): string | null {
  return code === "schedule_changed" && typeof details.updatedAt === "string" ? details.updatedAt : null;
}

/** A fault of the recurrence has a path, one of a parameter a key. */
interface ToldFault {
  path?: string;
  key?: string;
  message: string;
}

function placeEach(told: ToldFault[], bound: string): Record<string, string> {
  const placed: Record<string, string> = {};
  for (const { path = "", key, message } of told) {
    const part = key === undefined ? partOf(path, bound) : `parameters.${key}`;
    const said = part === "" && path !== "" && path !== "recurrence" ? `${path} ${message}` : message;
    placed[part] = [placed[part], sentence(said)].filter(Boolean).join(" ");
  }
  return placed;
}

function partOf(path: string, bound: string): string {
  const [first = ""] = path.replace(/^recurrence\.?/, "").split(".");
  if (first === "integration" || first === "set") return "target";
  if ((first === "end" || first === "times") && first !== bound) return "bound";
  return recurrenceParts.includes(first) ? first : "";
}
