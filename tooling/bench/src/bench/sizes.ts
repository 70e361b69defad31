/** How large the measurements are. */
export interface Sizes {
  /** Records of a large file, and of a huge one. */
  largeRecords: number;
  hugeRecords: number;
  /** Records of the files whose cost per record is compared. */
  costRecords: number[];
  /** How often the run of ten thousand records is repeated. */
  middleRuns: number;
  /** Rejected records that are corrected and resubmitted. */
  rejectedRecords: number;
  /** Runs of ten records in one turn. */
  smallRuns: number;
  historyRuns: number;
  /** Schedules that are due in the same second. */
  dueSchedules: number;
  /** Occurrences of a single schedule, one after the other, and previews. */
  occurrences: number;
  /** Calls of each kind on a long history. */
  calls: number;
  /** What a zip may expand to where a bomb goes beyond it. */
  bombBytes: number;
}

const mebibyte = 1024 * 1024;

/** The sizes that the bars are meant for. */
export const fullSizes: Sizes = {
  largeRecords: 1_000_000,
  hugeRecords: 10_000_000,
  costRecords: [10_000, 100_000, 1_000_000, 10_000_000],
  middleRuns: 30,
  rejectedRecords: 100_000,
  smallRuns: 400,
  historyRuns: 1_000_000,
  dueSchedules: 10_000,
  occurrences: 100,
  calls: 200,
  bombBytes: 1_024 * mebibyte,
};

/** Sizes to see in a minute or two that everything works. */
export const quickSizes: Sizes = {
  largeRecords: 50_000,
  hugeRecords: 1_000_000,
  costRecords: [10_000, 100_000],
  middleRuns: 5,
  rejectedRecords: 10_000,
  smallRuns: 60,
  historyRuns: 20_000,
  dueSchedules: 200,
  occurrences: 10,
  calls: 20,
  bombBytes: 64 * mebibyte,
};
