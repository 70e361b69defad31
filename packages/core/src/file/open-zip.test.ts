import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { defaultFileLimits } from "../limits.ts";
import { openFile as open } from "../testing/open-file.ts";
import { pythonZip, sevenZip, zip, zipLink } from "../testing/real-tools.ts";

const csv = "a,b\n1,2\n";

describe("a zip", () => {
  test("made by zip is opened", async () => {
    const opened = await open("a.zip", await zip({ "people.csv": csv }));
    expect(opened).toMatchObject({ layers: ["zip", "csv"], csvName: "people.csv", text: csv });
  });

  test.each(["Deflate", "Copy"])("made by 7-Zip with %s is opened", async (method) => {
    expect((await open("a.zip", await sevenZip("a.csv", csv.repeat(500), method))).text).toBe(csv.repeat(500));
  });

  test.each(["Deflate64", "BZip2", "LZMA", "PPMd"])("made by 7-Zip with %s is refused for that", async (method) => {
    const content = await sevenZip("a.csv", csv.repeat(500), method);
    await expect(open("b.zip", content)).rejects.toMatchObject({
      code: "zip_method_unsupported",
      message: expect.stringMatching(/"a\.csv" in the archive "b\.zip" is compressed in a way .*Deflate\.$/),
    });
  });

  test("of a symbolic link is refused, not read as data", async () => {
    await expect(open("a.zip", await zipLink("a.csv", "/etc/passwd"))).rejects.toMatchObject({
      code: "zip_no_data_file",
      message: expect.stringContaining('"a.csv" is only a symbolic link'),
    });
  });

  test("with folders as Windows writes them is opened", async () => {
    const content = await pythonZip(`z.writestr(${JSON.stringify("export\\a.csv")}, "a,b\\n1,2\\n")`);
    expect(await open("a.zip", content)).toMatchObject({ csvName: "a.csv", text: csv });
  });

  test("may hold folders and what a Mac adds", async () => {
    const content = await pythonZip(
      'z.writestr("x/", ""); z.writestr("__MACOSX/._a.csv", "m"); z.writestr("x/.DS_Store", "d"); z.writestr("x/._a.csv", "m"); z.writestr("x/a.csv", "a,b\\n1,2\\n")',
    );
    expect((await open("a.zip", content)).text).toBe(csv);
  });

  test("may hold what Windows adds", async () => {
    const content = await zip({ "a.csv": csv, "Thumbs.db": "t", "desktop.ini": "d" });
    expect((await open("a.zip", content)).text).toBe(csv);
  });

  test("with several data files lists them", async () => {
    await expect(open("a.zip", await zip({ "a.csv": csv, "b.csv": csv }))).rejects.toMatchObject({
      code: "zip_several_data_files",
      message: expect.stringContaining('"a.csv", "b.csv"'),
    });
  });

  test("with none is refused", async () => {
    await expect(open("a.zip", await pythonZip('z.writestr("x/", "")'))).rejects.toMatchObject({
      code: "zip_no_data_file",
    });
  });

  test("with a password is refused", async () => {
    const content = await zip({ "a.csv": csv }, ["-P", "secret"]);
    await expect(open("a.zip", content)).rejects.toMatchObject({ code: "zip_encrypted" });
  });

  const climbing = [
    "../a.csv",
    "/etc/a.csv",
    "x/../../a.csv",
    "..\\a.csv",
    "x\\..\\..\\a.csv",
    "C:\\a.csv",
    "\\\\host\\a.csv",
  ];

  test.each(climbing)("whose path climbs (%s) is refused", async (path) => {
    const content = await pythonZip(`z.writestr(${JSON.stringify(path)}, "a,b\\n")`);
    await expect(open("a.zip", content)).rejects.toMatchObject({ code: "zip_path_climbs" });
  });

  test("whose checksum is wrong, that is cut, or that lies about its size is refused", async () => {
    const good = await zip({ "a.csv": csv.repeat(50) }, ["-0"]);
    const flipped = Buffer.from(good);
    const at = flipped.indexOf("1,2");
    flipped[at] = 0x39;
    const lying = Buffer.from(zipSync({ "a.csv": [Buffer.from(csv.repeat(50)), { level: 6 }] }));
    const central = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(12, central + 24);
    for (const content of [flipped, good.subarray(0, good.length - 30), good.subarray(0, 60), lying]) {
      await expect(open("a.zip", content)).rejects.toMatchObject({ code: "zip_damaged" });
    }
  });

  test("that expands past the limit is refused, however little it claims", async () => {
    const limits = { ...defaultFileLimits, expandedBytesMax: 100_000 };
    const fits = await zip({ "a.csv": "x".repeat(100_000) });
    expect((await open("a.zip", fits, { limits })).bytes).toBe(100_000);
    const bomb = await zip({ "a.csv": "x".repeat(100_001) });
    await expect(open("a.zip", bomb, { limits })).rejects.toMatchObject({ code: "file_expands_too_far" });
  });

  test("in a zip in a zip is too deep", async () => {
    const inner = await zip({ "a.zip": await zip({ "a.csv": csv }) });
    expect((await open("a.zip", inner)).layers).toEqual(["zip", "zip", "csv"]);
    await expect(open("a.zip", await zip({ "a.zip": inner }))).rejects.toMatchObject({ code: "file_layers_too_deep" });
  });
});
