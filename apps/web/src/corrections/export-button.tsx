import Download from "lucide-solid/icons/download";
import { errorsCsvAddress } from "../data/corrections.ts";
import type { RecordFilter } from "../data/records.ts";
import { buttonClass } from "../ui/button.tsx";

/** Downloads the records of a filter as they stand now, to be corrected in a spreadsheet and imported again. */
export function ExportButton(props: { filter: RecordFilter }) {
  return (
    <a
      class={buttonClass()}
      href={errorsCsvAddress(props.filter)}
      download=""
      title="All that fit, to correct in a spreadsheet and import again"
    >
      <Download size={16} aria-hidden="true" /> errors.csv
    </a>
  );
}
