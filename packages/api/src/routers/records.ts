import { listBulkColumns, listBulkColumnsInput } from "@waybill/core/bulk-edit/list-columns";
import { previewBulkEdit, previewBulkEditInput } from "@waybill/core/bulk-edit/preview-bulk-edit";
import {
  getBulkEdit,
  getBulkEditInput,
  listBulkEdits,
  listBulkEditsInput,
} from "@waybill/core/bulk-edit/read-bulk-edit";
import { startBulkEdit, startBulkEditInput } from "@waybill/core/bulk-edit/start-bulk-edit";
import { stopBulkEdit, stopBulkEditInput } from "@waybill/core/bulk-edit/stop-bulk-edit";
import { undoBulkEdit, undoBulkEditInput } from "@waybill/core/bulk-edit/undo-bulk-edit";
import {
  assignRecords,
  assignRecordsInput,
  dismissRecords,
  dismissRecordsInput,
  reopenRecords,
  reopenRecordsInput,
} from "@waybill/core/rejected/change-records";
import { countOpenRecords, countRecords, countRecordsInput } from "@waybill/core/rejected/count-records";
import { editRecords, editRecordsInput } from "@waybill/core/rejected/edit-records";
import { importCorrections, importCorrectionsInput } from "@waybill/core/rejected/import-corrections";
import { listRecords, listRecordsInput } from "@waybill/core/rejected/list-records";
import { getRecord, getRecordInput } from "@waybill/core/rejected/read-record";
import { resubmitRecords, resubmitRecordsInput } from "@waybill/core/rejected/resubmit-records";
import { getRecordRules, getRecordRulesInput } from "@waybill/core/rejected/show-record-rules";
import { procedure, router } from "../trpc.ts";

const bulkRouter = router({
  columns: procedure.input(listBulkColumnsInput).query(({ ctx, input }) => listBulkColumns(ctx, input)),
  preview: procedure.input(previewBulkEditInput).query(({ ctx, input, signal }) => previewBulkEdit(ctx, input, signal)),
  start: procedure.input(startBulkEditInput).mutation(({ ctx, input }) => startBulkEdit(ctx, input)),
  get: procedure.input(getBulkEditInput).query(({ ctx, input }) => getBulkEdit(ctx, input)),
  list: procedure.input(listBulkEditsInput).query(({ ctx, input }) => listBulkEdits(ctx, input)),
  stop: procedure.input(stopBulkEditInput).mutation(({ ctx, input }) => stopBulkEdit(ctx, input)),
  undo: procedure.input(undoBulkEditInput).mutation(({ ctx, input }) => undoBulkEdit(ctx, input)),
});

export const recordsRouter = router({
  list: procedure.input(listRecordsInput).query(({ ctx, input }) => listRecords(ctx, input)),
  count: procedure.input(countRecordsInput).query(({ ctx, input }) => countRecords(ctx, input)),
  open: procedure.query(({ ctx }) => countOpenRecords(ctx)),
  get: procedure.input(getRecordInput).query(({ ctx, input }) => getRecord(ctx, input)),
  rules: procedure.input(getRecordRulesInput).query(({ ctx, input }) => getRecordRules(ctx, input)),
  edit: procedure.input(editRecordsInput).mutation(({ ctx, input }) => editRecords(ctx, input)),
  dismiss: procedure.input(dismissRecordsInput).mutation(({ ctx, input }) => dismissRecords(ctx, input)),
  reopen: procedure.input(reopenRecordsInput).mutation(({ ctx, input }) => reopenRecords(ctx, input)),
  assign: procedure.input(assignRecordsInput).mutation(({ ctx, input }) => assignRecords(ctx, input)),
  resubmit: procedure.input(resubmitRecordsInput).mutation(({ ctx, input }) => resubmitRecords(ctx, input)),
  import: procedure.input(importCorrectionsInput).mutation(({ ctx, input }) => importCorrections(ctx, input)),
  bulk: bulkRouter,
});
