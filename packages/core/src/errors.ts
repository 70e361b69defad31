/** How an error is answered at an edge; each edge maps these exhaustively. */
export const errorKinds = [
  "invalid",
  "not_found",
  "conflict",
  "unauthorized",
  "forbidden",
  "too_large",
  "unavailable",
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** Every error that is meant for a person, by its stable code, with the way it is answered. */
export const errorCodes = {
  definition_invalid: "invalid",
  definition_limit_above_ceiling: "invalid",
  integration_unknown: "not_found",
  integration_deleted: "conflict",
  destination_unusable: "invalid",
  run_unknown: "not_found",
  run_name_taken: "conflict",
  run_name_invalid: "invalid",
  run_not_final: "conflict",
  run_already_final: "conflict",
  rejected_purged: "not_found",
  record_unknown: "not_found",
  record_not_open: "conflict",
  record_not_dismissed: "conflict",
  record_changed: "conflict",
  record_has_issues: "conflict",
  record_of_test_run: "conflict",
  origin_not_kept: "conflict",
  records_none: "not_found",
  edit_invalid: "invalid",
  pattern_invalid: "invalid",
  definition_misfit: "conflict",
  bulk_edit_unknown: "not_found",
  bulk_edit_over: "conflict",
  bulk_edit_not_undoable: "conflict",
  corrections_invalid: "invalid",
  rerun_refused: "conflict",
  idempotency_key_reused: "conflict",
  same_bytes_refused: "conflict",
  set_unknown: "not_found",
  set_deleted: "conflict",
  set_run_unknown: "not_found",
  set_run_not_final: "conflict",
  set_run_already_final: "conflict",
  set_resume_refused: "conflict",
  schedule_unknown: "not_found",
  schedule_invalid: "invalid",
  schedule_name_taken: "conflict",
  schedule_paused: "conflict",
  step_unknown: "invalid",
  parameter_unknown: "invalid",
  parameter_missing: "invalid",
  parameter_invalid: "invalid",
  attachment_unknown: "invalid",
  attachment_missing: "invalid",
  attachment_invalid: "invalid",
  source_file_missing: "invalid",
  file_unknown: "not_found",
  file_name_invalid: "invalid",
  file_ending_unknown: "invalid",
  file_ending_disagrees: "invalid",
  file_empty: "invalid",
  upload_silent: "invalid",
  upload_too_slow: "invalid",
  file_too_large: "too_large",
  file_expands_too_far: "too_large",
  file_layers_too_deep: "invalid",
  file_encryption_required: "invalid",
  file_encryption_refused: "invalid",
  file_signature_required: "invalid",
  file_signature_invalid: "invalid",
  zip_damaged: "invalid",
  zip_encrypted: "invalid",
  zip_method_unsupported: "invalid",
  zip_no_data_file: "invalid",
  zip_several_data_files: "invalid",
  zip_path_climbs: "invalid",
  pgp_damaged: "invalid",
  pgp_key_missing: "invalid",
  pgp_password_message: "invalid",
  pgp_cipher_unsupported: "invalid",
  pgp_not_integrity_protected: "invalid",
  pgp_too_many_session_keys: "invalid",
  file_too_demanding: "invalid",
  csv_header_missing: "invalid",
  csv_column_missing: "invalid",
  csv_column_repeated: "invalid",
  csv_header_invalid: "invalid",
  too_many_rejected: "invalid",
  nothing_kept: "invalid",
  key_unknown: "not_found",
  key_invalid: "invalid",
  key_passphrase_missing: "invalid",
  key_passphrase_wrong: "invalid",
  master_key_wrong: "conflict",
  dataset_unknown: "not_found",
  input_invalid: "invalid",
  request_too_large: "too_large",
  address_unknown: "not_found",
  not_signed_in: "unauthorized",
  not_allowed: "forbidden",
  database_unreachable: "unavailable",
  upload_multipart: "invalid",
} as const satisfies Record<string, ErrorKind>;
export type ErrorCode = keyof typeof errorCodes;

/** Where the fault is, and more for machines; plain JSON. */
export type ErrorDetails = Record<string, unknown>;

/** An error that a person can act on: a stable code, a sentence that says what was wrong and what to do. */
export class WaybillError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = "WaybillError";
    this.code = code;
    this.details = details;
  }
}
