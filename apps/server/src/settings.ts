import { resolve } from "node:path";
import { keepDaysMax, type Retention } from "@waybill/core/retention/retention";
import { processRoles } from "@waybill/core/worker/role";
import { z } from "zod";
import { secretBytes } from "./home.ts";

const checkout = resolve(import.meta.dirname, "../../..");

const portMax = 65_535;
const portFault = `must be a whole number from 0 to ${portMax}`;
const defaultPort = 4_600;
const anyFreePort = 0;

const masterKeyFault = `must be ${secretBytes} bytes in base64, as the master.key of a WAYBILL_HOME holds them`;

const keepFault = `must be a number of days from 1 to ${keepDaysMax}, or forever`;
const keepDays = z
  .string()
  .regex(/^(forever|\d{1,5})$/, keepFault)
  .transform((days) => (days === "forever" ? null : Number(days)))
  .refine((days) => days === null || (days >= 1 && days <= keepDaysMax), keepFault)
  .prefault("90");

/** An address, or a name with an address in angle brackets. */
const sender = /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

const settingsSchema = z
  .object({
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: "must be a Postgres URL, such as postgres://user:password@host/database",
      })
      .optional(),
    HOST: z.string().min(1).default("127.0.0.1"),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, portFault)
      .transform(Number)
      .refine((port) => port <= portMax, portFault)
      .optional(),
    WAYBILL_HOME: z.string().min(1).default(resolve(checkout, ".waybill")),
    WAYBILL_KEEP_RUNS_DAYS: keepDays,
    WAYBILL_KEEP_FILES_DAYS: keepDays,
    WAYBILL_KEEP_REJECTED_DAYS: keepDays,
    WAYBILL_KEEP_LOGS_DAYS: keepDays,
    WAYBILL_SAMPLES: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
    WAYBILL_ROLE: z.enum(processRoles, { error: `must be one of ${processRoles.join(", ")}` }).default("all"),
    WAYBILL_SMTP_URL: z
      .url({
        protocol: /^smtps?$/,
        error: "must be the URL of an SMTP server, such as smtp://user:password@mail.example.com:587",
      })
      .optional(),
    WAYBILL_MAIL_FROM: z.string().regex(sender, "must be an address, such as Waybill <waybill@example.com>").optional(),
    WAYBILL_PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: "must be the address of the console, such as https://waybill.example.com" })
      .optional(),
    WAYBILL_MASTER_KEY: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, masterKeyFault)
      .transform((text) => Buffer.from(text, "base64"))
      .optional(),
  })
  .refine((given) => given.WAYBILL_ROLE === "all" || given.DATABASE_URL !== undefined, {
    path: ["DATABASE_URL"],
    error:
      "must name a Postgres where WAYBILL_ROLE is web or worker, since one that Waybill starts serves one process alone",
  })
  .refine((given) => (given.WAYBILL_SMTP_URL === undefined) === (given.WAYBILL_MAIL_FROM === undefined), {
    path: ["WAYBILL_SMTP_URL"],
    error: "and WAYBILL_MAIL_FROM go together: set both, or neither",
  })
  .transform((given) => ({
    databaseUrl: given.DATABASE_URL ?? null,
    host: given.HOST,
    port: given.PORT ?? (given.WAYBILL_ROLE === "worker" ? anyFreePort : defaultPort),
    home: resolve(given.WAYBILL_HOME),
    masterKey: given.WAYBILL_MASTER_KEY ?? null,
    role: given.WAYBILL_ROLE,
    keep: {
      runsDays: given.WAYBILL_KEEP_RUNS_DAYS,
      filesDays: given.WAYBILL_KEEP_FILES_DAYS,
      rejectedDays: given.WAYBILL_KEEP_REJECTED_DAYS,
      logsDays: given.WAYBILL_KEEP_LOGS_DAYS,
    } satisfies Retention,
    mail:
      given.WAYBILL_SMTP_URL === undefined || given.WAYBILL_MAIL_FROM === undefined
        ? null
        : { smtpUrl: given.WAYBILL_SMTP_URL, from: given.WAYBILL_MAIL_FROM },
    publicUrl: given.WAYBILL_PUBLIC_URL ?? null,
    samples: given.WAYBILL_SAMPLES === "on",
    consoleFolder: resolve(checkout, "apps/web/dist"),
    samplesFolder: resolve(checkout, "samples"),
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  }));

/**
 * What a server is told from outside. `databaseUrl` is null for a Postgres of Waybill's own, `masterKey` for the one of
 * the home, `mail` where none is sent, `publicUrl` where people reach the console where it listens; port 0 is any free one.
 */
export type ServerSettings = z.output<typeof settingsSchema>;

/** Reads the settings from the environment. Throws an error that names each one that is wrong. */
export function readServerSettings(environment: NodeJS.ProcessEnv): ServerSettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = settingsSchema.safeParse(present);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`The settings are wrong: ${faults.join("; ")}.`);
}
