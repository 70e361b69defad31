import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "./real-tools.ts";

const execute = promisify(execFile);

/** A CSV as LibreOffice Calc writes it after it has read it and saved it as a workbook. */
export async function throughCalc(csv: string): Promise<string> {
  const folder = await temporaryFolder();
  const convert = async (from: string, to: string) => {
    const profile = pathToFileURL(join(folder, "profile")).href;
    await execute("soffice", [`-env:UserInstallation=${profile}`, "--headless", "--convert-to", to, from], {
      cwd: folder,
    });
  };
  await writeFile(join(folder, "errors.csv"), csv);
  await convert("errors.csv", "xlsx");
  await convert("errors.xlsx", "csv");
  return await readFile(join(folder, "errors.csv"), "utf8");
}
