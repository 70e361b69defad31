import { type Random, seededRandom } from "./random.ts";

/** A file's rows, the header first. */
export type Rows = string[][];

const seed = 20_261_101;
const peopleCount = 1_000;
const punchDays = 3;

const firstNames =
  "Ada Amir Anja Bao Carla Chidi Dana Emil Farah Goran Hana Ines Jonas Kofi Lena Mateo Mina Nils Olga Priya Rosa Sami Tess Umar Vera Wei Yara Zoë".split(
    " ",
  );
const lastNames =
  "Abara Becker Castro Dahl Eriksen Fofana Gruber Haddad Ivanova Jansen Kaya Lindqvist Moreau Nakamura O'Brien Petrov Quispe Rossi Silva Tanaka Umarov Vogel Weiß Yılmaz Zając".split(
    " ",
  );
const trades = [
  "Baker",
  "Cashier",
  "Cook",
  "Driver",
  "Electrician",
  "Forklift operator",
  "Nurse",
  "Picker",
  "Shift lead",
  "Stocker",
  "Technician",
  "Welder",
];

/** The table of job codes, two levels of each trade. */
export function jobCodes(): Rows {
  const rows = trades.flatMap((trade, index) => [
    [codeOf(index * 2), trade, "true"],
    [codeOf(index * 2 + 1), `Senior ${trade.toLowerCase()}`, "false"],
  ]);
  return [["job_code", "title", "overtime"], ...rows];
}

/** About 1,000 people, some of whom have left; `faulty` puts in mistakes such as HR systems make. */
export function people({ faulty }: { faulty: boolean }): Rows {
  const random = seededRandom(seed);
  const rows = Array.from({ length: peopleCount }, (_, index) => person(random, index));
  if (faulty) spoil(rows);
  return [
    ["employee_id", "first_name", "last_name", "email", "hire_date", "job_code", "hourly_rate", "active"],
    ...rows,
  ];
}

/** Punches in and out over some days; `faulty` adds a few of people whom nobody knows. */
export function punches({ faulty }: { faulty: boolean }): Rows {
  const random = seededRandom(seed + 1);
  const rows: Rows = [];
  for (let day = 1; day <= punchDays; day++) {
    for (let index = 0; index < peopleCount; index += 5) {
      rows.push(punch(random, rows.length, index, day, 8, "in"), punch(random, rows.length + 1, index, day, 16, "out"));
    }
  }
  if (faulty) for (const at of [40, 41, 502, 503, 990]) setCell(rows, at, 1, "E9999999");
  return [["punch_id", "employee_id", "punched_at", "direction"], ...rows];
}

function person(random: Random, index: number): string[] {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const hired = new Date(Date.UTC(2005, 0, 1) + random.between(0, 7_900) * 86_400_000).toISOString().slice(0, 10);
  return [
    employeeId(index),
    first,
    last,
    `${plain(first)}.${plain(last)}${index}@example.com`,
    hired,
    codeOf(random.between(0, trades.length * 2 - 1)),
    (random.between(1_350, 6_800) / 100).toFixed(2),
    isActive(index) ? "true" : "false",
  ];
}

function spoil(rows: Rows): void {
  setCell(rows, 17, 4, "2024-02-30");
  setCell(rows, 64, 4, "14.03.2021");
  setCell(rows, 141, 6, "1,045.00");
  setCell(rows, 226, 3, "petrov.example.com");
  setCell(rows, 318, 0, "");
  setCell(rows, 451, 5, "J999");
  setCell(rows, 452, 5, "J999");
  setCell(rows, 577, 6, "-12.50");
  setCell(rows, 803, 2, "");
  setCell(rows, 803, 6, "18.755");
  setCell(rows, 958, 0, "E12345");
}

function setCell(rows: Rows, row: number, column: number, value: string): void {
  const cells = rows[row];
  if (cells) cells[column] = value;
}

function punch(random: Random, id: number, person: number, day: number, hour: number, direction: string): string[] {
  const minute = String(random.between(0, 59)).padStart(2, "0");
  const at = `2026-10-${String(day + 4).padStart(2, "0")}T${String(hour).padStart(2, "0")}:${minute}:00+02:00`;
  // Only people who are loaded by default punch.
  return [String(id + 1), employeeId(isActive(person) ? person : person + 1), at, direction];
}

function isActive(index: number): boolean {
  return index % 25 !== 10;
}

function employeeId(index: number): string {
  return `E${String(1_000_000 + index * 7).padStart(7, "0")}`;
}

function codeOf(index: number): string {
  return `J${String(100 + index)}`;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .normalize("NFD")
    .replaceAll(/[^a-z]/g, "");
}
