import { expect, test } from "vitest";
import { readServerSettings } from "./settings.ts";

test.each([
  [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must be a Postgres URL"],
  [{ DATABASE_URL: " " }, "DATABASE_URL must be a Postgres URL"],
  [{ WAYBILL_SAMPLES: "maybe" }, "WAYBILL_SAMPLES must be on or off"],
  [{ WAYBILL_ROLE: "boss" }, "WAYBILL_ROLE must be one of all, web, worker"],
  [{ WAYBILL_ROLE: "web" }, "DATABASE_URL must name a Postgres where WAYBILL_ROLE is web or worker"],
  [{ WAYBILL_ROLE: "worker" }, "DATABASE_URL must name a Postgres where WAYBILL_ROLE is web or worker"],
  [{ WAYBILL_MASTER_KEY: "c2hvcnQ=" }, "WAYBILL_MASTER_KEY must be 32 bytes in base64"],
  [{ WAYBILL_MASTER_KEY: Buffer.alloc(33).toString("base64") }, "WAYBILL_MASTER_KEY must be 32 bytes in base64"],
  [{ WAYBILL_SMTP_URL: "mail.example.com" }, "WAYBILL_SMTP_URL must be the URL of an SMTP server"],
  [{ WAYBILL_SMTP_URL: "smtp://mail.example.com" }, "WAYBILL_SMTP_URL and WAYBILL_MAIL_FROM go together"],
  [{ WAYBILL_MAIL_FROM: "waybill@example.com" }, "WAYBILL_SMTP_URL and WAYBILL_MAIL_FROM go together"],
  [{ WAYBILL_MAIL_FROM: "Waybill" }, "WAYBILL_MAIL_FROM must be an address"],
  [{ WAYBILL_PUBLIC_URL: "waybill.example.com" }, "WAYBILL_PUBLIC_URL must be the address of the console"],
])("a wrong setting is an error that names it: %j", (environment, message) => {
  expect(() => readServerSettings(environment)).toThrow(message);
});

test.each(["seventy", " ", "-1", "65536", "4600.5", "4e3", "0x10", " 80"])("%j is no port", (PORT) => {
  expect(() => readServerSettings({ PORT })).toThrow(
    /^The settings are wrong: PORT must be a whole number from 0 to 65535\.$/,
  );
});

test("a worker listens on any free port unless it is told one", () => {
  const worker = { WAYBILL_ROLE: "worker", DATABASE_URL: "postgres://localhost/waybill" };
  expect(readServerSettings(worker).port).toBe(0);
  expect(readServerSettings({ ...worker, PORT: "4601" }).port).toBe(4_601);
});

test("e-mail goes by the server that is named, in the name of the sender", () => {
  const smtpUrl = "smtps://waybill:secret@mail.example.com";
  for (const from of ["waybill@example.com", "Waybill <waybill@example.com>"]) {
    const { mail } = readServerSettings({ WAYBILL_SMTP_URL: smtpUrl, WAYBILL_MAIL_FROM: from });
    expect(mail).toEqual({ smtpUrl, from });
  }
  expect(readServerSettings({}).mail).toBe(null);
});

const kept = ["RUNS", "FILES", "REJECTED", "LOGS"].map((what) => `WAYBILL_KEEP_${what}_DAYS`);

test.each(kept)("%s is a number of days, 90 unless it is told, or forever", (name) => {
  const days = (value: string) => {
    const { runsDays, filesDays, rejectedDays, logsDays } = readServerSettings({ [name]: value }).keep;
    return [runsDays, filesDays, rejectedDays, logsDays][kept.indexOf(name)];
  };
  expect(["", "1", "36500", "forever"].map(days)).toEqual([90, 1, 36_500, null]);
  for (const value of ["0", "36501", "-1", "1.5", "never", " 7"]) {
    expect(() => days(value)).toThrow(`${name} must be a number of days from 1 to 36500, or forever.`);
  }
});

test.each([
  ["0", 0],
  ["65535", 65_535],
  ["", 4_600],
  [undefined, 4_600],
])("PORT %j is port %i", (PORT, port) => {
  expect(readServerSettings({ PORT }).port).toBe(port);
});
