import { type Random, seededRandom } from "@waybill/samples/random";

const seed = 20_261_124;
const rowsPerPiece = 5_000;
const firstNames = ["Ada", "Amir", "Bao", "Carla", "Chidi", "Dana", "Emil", "Farah", "Ines", "Kofi", "Lena", "Zoë"];
const lastNames = ["Abara", "Becker", "Castro", "Dahl", "Fofana", "Haddad", "Kaya", "Moreau", "Petrov", "Rossi"];
const departments = ["Bakery", "Kitchen", "Logistics", "Nursing", "Payroll", "Sales", "Warehouse", "Workshop"];
const cities = ["Accra", "Bergen", "Graz", "Izmir", "Lima", "Lyon", "Osaka", "Porto", '"Washington, DC"', "Łódź"];
const firstDay = Date.UTC(2005, 0, 1);
const days = Array.from({ length: 7_900 }, (_, day) =>
  new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10),
);

/** The columns of the people, as the CSV names them. */
export const peopleColumns = ["code", "name", "email", "department", "salary", "start_date", "active", "city"] as const;

/** A CSV of so many people in pieces of text, about 80 bytes each; a longer one begins with all of a shorter one. */
export function* peopleCsv(count: number): Generator<string> {
  const random = seededRandom(seed);
  yield `${peopleColumns.join(",")}\n`;
  for (let from = 0; from < count; from += rowsPerPiece) {
    const rows = Array.from({ length: Math.min(rowsPerPiece, count - from) }, (_, at) => person(random, from + at));
    yield rows.join("");
  }
}

function person(random: Random, index: number): string {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const code = `E${String(index + 1).padStart(8, "0")}`;
  const email = `${last.toLowerCase()}${index}@example.com`;
  const salary = (random.between(180_000, 980_000) / 100).toFixed(2);
  const active = random.between(0, 24) === 0 ? "false" : "true";
  return `${code},${first} ${last},${email},${random.pick(departments)},${salary},${random.pick(days)},${active},${random.pick(cities)}\n`;
}
