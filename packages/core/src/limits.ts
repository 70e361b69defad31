const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** The bounds of a file on one server, in bytes; a definition may raise each up to `ceilingFileLimits`. */
export interface FileLimits {
  /** A source file that is not a zip. */
  sourceBytesMax: number;
  /** A zip, or a PGP message that holds one. */
  zipBytesMax: number;
  /** What any one layer may expand to. */
  expandedBytesMax: number;
}

/** What a server allows where a definition asks for nothing else. */
export const defaultFileLimits: FileLimits = {
  sourceBytesMax: 1 * mebibyte,
  zipBytesMax: 64 * mebibyte,
  expandedBytesMax: 1024 * mebibyte,
};

/** The most that a definition may ask for. */
export const ceilingFileLimits: FileLimits = {
  sourceBytesMax: 64 * mebibyte,
  zipBytesMax: 1024 * mebibyte,
  expandedBytesMax: 16 * 1024 * mebibyte,
};

/** How workers show that they live, and how soon others take over from one that does not. */
export interface WorkerTimes {
  beatSeconds: number;
  /** A worker that has not beaten for so long is dead. */
  leaseSeconds: number;
  /** How often each worker looks for dead ones. */
  rescueSeconds: number;
  /** How long a worker that stops waits for its runs to come to the end of a batch. */
  giveBackSeconds: number;
}

/** The times of a server; tests shorten them. */
export const defaultWorkerTimes: WorkerTimes = {
  beatSeconds: 3,
  leaseSeconds: 12,
  rescueSeconds: 2,
  giveBackSeconds: 20,
};

/** What bounds files, definitions and runs, each with its unit in its name; a bound of one file alone stands there. */
export const limits = {
  fileNameCharactersMax: 255,
  fileLayersMax: 3,
  /** Opened layers of at most so many bytes stand in memory, larger ones on disk. */
  spoolMemoryBytesMax: 256 * kibibyte,
  /** What a layer may expand to, measured by what was read of it so far; small files may do more. */
  expansionRatioMax: 200,
  expansionFreeBytes: 64 * mebibyte,
  storedChunkBytes: 512 * kibibyte,
  uploadSilenceSecondsMax: 120,
  /** How long a file may take to come; chunks older than that without their file belong to nothing. */
  uploadDaysMax: 1,
  pgpSessionKeyPacketsMax: 20,
  pgpArgon2MemoryExponentMax: 21,
  /** How far the clock of whoever signs a file may be ahead. */
  pgpClockSkewSeconds: 300,
  csvColumnsMax: 1_000,
  csvRecordCharactersMax: 1 * mebibyte,
  /** How much is kept of a record that is too long or too wide. */
  csvKeptCharacters: 1_024,
  /** How many lines a record with a bad quote may cover; of more, its first one alone is turned away. */
  csvBadQuoteLinesMax: 20,
  attachmentRecordsMax: 200_000,
  batchRecords: 10_000,
  batchCharacters: 4 * mebibyte,
  /** How often a run at work is asked whether it may go on. */
  attemptWatchMilliseconds: 1_000,
  /** How many batches are read while the one before them is being written. */
  batchesAhead: 2,
  readerThreadIdleSeconds: 30,
  readerThreadHeapMebibytes: 512,
  readerThreadYoungHeapMebibytes: 24,
  /** How long a thread may take to put away what it has open. */
  readerThreadClosingSeconds: 5,
  /** How long opening a source, or reading its header and attachments, may take. */
  openingSecondsMax: 1_800,
  batchReadingSecondsMax: 120,
  /** How long a load waits for a lock that another program holds on its destination. */
  lockWaitMilliseconds: 5_000,
  /** How long a worker that stops tries to give back what it could not finish. */
  lettingGoMilliseconds: 2_000,
  /** How many runs one worker executes beside each other. */
  workerSlots: 4,
  /** How many runs of one integration a definition may let go at once. */
  runsAtOnceMax: 16,
  /** How many workers may be lost on one run. */
  deathsMax: 3,
  /** How often in a row the world may fail a run that gets no further. */
  worldFaultsMax: 10,
  /** How long a run waits at most before it is tried again. */
  backOffSecondsMax: 30,
  rejectedDefaultMax: 10_000,
  rejectedMax: 1_000_000,
  /** Of fewer records than these, a share says little before the file has ended. */
  percentJudgedAfterRecords: 1_000,
  /** How many rejected records one request may name. */
  recordsNamedMax: 1_000,
  /** How many records one resubmission sends; of more, several runs are made. */
  resubmittedRecordsMax: 100_000,
  /** How many of them are read and written at a time; each may be as long as a record may be. */
  resubmissionPageRecords: 200,
  /** How many runs one request to resubmit may make. */
  resubmissionsMax: 100,
  assigneeCharactersMax: 100,
  reasonCharactersMax: 500,
  searchCharactersMax: 200,
  /** How many records one step of a bulk edit looks at; between steps it can be stopped. */
  bulkEditStepRecords: 2_000,
  bulkEditPollSeconds: 0.5,
  bulkTextCharactersMax: 10_000,
  /** How many records a preview looks through. */
  previewRecordsMax: 100_000,
  previewExamplesMax: 20,
  mappedValuesMax: 10_000,
  /** How many rows of a file of corrections are held and checked at a time. */
  correctionPageRecords: 500,
  /** How many records a page of an export has; each may be as long as a record may be. */
  exportPageRecords: 100,
  /** How many faulty rows of a file of corrections an error tells of. */
  rowFaultsShownMax: 20,
  /** How many values of an attachment a browser is sent to check by. */
  lookupValuesShownMax: 20_000,
  /** For how many runs the rules that their records are checked by again are kept. */
  recordRulesKept: 8,
  runNameCharactersMax: 200,
  parameterTextCharactersMax: 10_000,
  definitionBytesMax: 256 * kibibyte,
  definitionFieldsMax: 1_000,
  setStepsMax: 50,
  /** How often each worker looks for set runs that nobody moves on. */
  setPollSeconds: 1,
  /** How often each worker looks for schedules that are due, besides at the time of the next one. */
  schedulePollMilliseconds: 500,
  schedulesFiredMax: 500,
  /** How late an occurrence may be started and is not yet missed, since workers were only busy. */
  inTimeMinutes: 5,
  schedulesFiredAtOnce: 8,
  /** How many occurrences are found at once, and how many of those that are due are looked at. */
  dueOccurrencesStep: 50,
  dueOccurrencesMax: 1_000,
  scheduleNameCharactersMax: 200,
  scheduleNoteCharactersMax: 500,
  jitterSecondsMax: 3_600,
  /** How many sets, and how many schedules, are read that would miss what is deleted. */
  dependentsMax: 100,
  missedWindowMinutesMax: 7 * 24 * 60,
  missedWindowMinutesDefault: 24 * 60,
  /** After how many failures in a row at most a schedule can be paused. */
  failuresInARowMax: 100,
  /** How often each worker looks whether there is something to notify of, or to send. */
  notificationPollSeconds: 2,
  /** How many events of a kind one sweep takes down. */
  eventsFoundMax: 500,
  /** How far back a sweep looks again, since the clocks of machines differ and a connection may be waited for. */
  sweepOverlapSeconds: 60,
  /** For how long at most a transaction that somebody leaves open makes sweeps look back to its beginning. */
  sweepHeldBackSecondsMax: 3_600,
  deliveriesAtOnce: 20,
  /** How long the receiver of a webhook may take to answer. */
  webhookSecondsMax: 10,
  /** How long the server of e-mail may take: many let those that they do not know wait. */
  emailSecondsMax: 45,
  /** When a delivery is taken from a worker that was to send it: safely after it has broken off. */
  deliveryLeaseSeconds: 60,
  /** How long a worker that stops waits for what it is sending. */
  deliveryLettingGoSeconds: 5,
  /** How much is kept of what a receiver answers. */
  answerCharactersMax: 1_000,
  notificationNameCharactersMax: 200,
  receiverUrlCharactersMax: 2_000,
  mailAddressesMax: 20,
  notStartedMinutesMax: 24 * 60,
  notStartedMinutesDefault: 5,
  slowTimesMin: 1.1,
  slowTimesMax: 100,
  slowTimesDefault: 3,
  /** Of fewer completed runs nobody can tell what is usual; of more, only the latest count. */
  usualRunsMin: 5,
  usualRunsMax: 20,
  /** A run that is over sooner is never slow. */
  slowSecondsMin: 60,
  /** How many of the newest runs are looked through for the one that ended before another. */
  runsBeforeMax: 50,
  /** How many of the newest runs a search looks through before it asks the index of all names. */
  runsSearchedFirst: 2_000,
  pageItemsDefault: 50,
  pageItemsMax: 500,
} as const;
