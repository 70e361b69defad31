import { definitionJsonSchema } from "@waybill/core/definition/definition-json-schema";
import { applyIntegration, applyIntegrationInput } from "@waybill/core/integration/apply-integration";
import { deleteIntegration, deleteIntegrationInput } from "@waybill/core/integration/delete-integration";
import { listIntegrations, listIntegrationsInput } from "@waybill/core/integration/list-integrations";
import { getIntegration, getIntegrationInput } from "@waybill/core/integration/read-integration";
import { restoreIntegration, restoreIntegrationInput } from "@waybill/core/integration/restore-integration";
import { dependentsInput, readIntegrationDependents } from "@waybill/core/schedule/read-dependents";
import { procedure, router } from "../trpc.ts";

export const integrationsRouter = router({
  list: procedure.input(listIntegrationsInput).query(({ ctx, input }) => listIntegrations(ctx, input)),
  get: procedure.input(getIntegrationInput).query(({ ctx, input }) => getIntegration(ctx, input)),
  applyDefinition: procedure.input(applyIntegrationInput).mutation(({ ctx, input }) => applyIntegration(ctx, input)),
  delete: procedure.input(deleteIntegrationInput).mutation(({ ctx, input }) => deleteIntegration(ctx, input)),
  restore: procedure.input(restoreIntegrationInput).mutation(({ ctx, input }) => restoreIntegration(ctx, input)),
  dependents: procedure.input(dependentsInput).query(({ ctx, input }) => readIntegrationDependents(ctx, input)),
  schema: procedure.query(() => definitionJsonSchema()),
});
