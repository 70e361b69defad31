import {
  deleteSchedule,
  deleteScheduleInput,
  pauseSchedule,
  pauseScheduleInput,
  resumeSchedule,
} from "@waybill/core/schedule/change-schedule";
import { listPlanned, listPlannedInput } from "@waybill/core/schedule/list-planned";
import {
  getSchedule,
  getScheduleInput,
  listOccurrences,
  listOccurrencesInput,
  listSchedules,
  listSchedulesInput,
} from "@waybill/core/schedule/read-schedules";
import { saveSchedule, saveScheduleInput } from "@waybill/core/schedule/save-schedule";
import { skipOccurrence, skipOccurrenceInput } from "@waybill/core/schedule/skip-occurrence";
import { procedure, router } from "../trpc.ts";

export const schedulesRouter = router({
  list: procedure.input(listSchedulesInput).query(({ ctx, input }) => listSchedules(ctx, input)),
  get: procedure.input(getScheduleInput).query(({ ctx, input }) => getSchedule(ctx, input)),
  save: procedure.input(saveScheduleInput).mutation(({ ctx, input }) => saveSchedule(ctx, input)),
  pause: procedure.input(pauseScheduleInput).mutation(({ ctx, input }) => pauseSchedule(ctx, input)),
  resume: procedure.input(getScheduleInput).mutation(({ ctx, input }) => resumeSchedule(ctx, input)),
  skip: procedure.input(skipOccurrenceInput).mutation(({ ctx, input }) => skipOccurrence(ctx, input)),
  delete: procedure.input(deleteScheduleInput).mutation(({ ctx, input }) => deleteSchedule(ctx, input)),
  planned: procedure.input(listPlannedInput).query(({ ctx, input }) => listPlanned(ctx, input)),
  occurrences: procedure.input(listOccurrencesInput).query(({ ctx, input }) => listOccurrences(ctx, input)),
});
