CREATE TABLE "waybill"."run_names" (
	"id" uuid PRIMARY KEY NOT NULL,
	"integration_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "waybill"."run_names" ADD CONSTRAINT "run_names_id_runs_id_fk" FOREIGN KEY ("id") REFERENCES "waybill"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE FUNCTION "waybill"."pieces"(value text, sizes integer[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT array(
		SELECT substr(value, at, size) FROM unnest(sizes) size, generate_series(1, length(value) - size + 1) at
	)
$$;--> statement-breakpoint
CREATE FUNCTION "waybill"."name_pieces"(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT waybill.pieces(name, '{1,2,3,6}') $$;--> statement-breakpoint
-- The pieces that a name must have in which this part stands: all of the greatest size that fits into it.
CREATE FUNCTION "waybill"."searched_pieces"(part text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT waybill.pieces(part, array[CASE WHEN length(part) >= 6 THEN 6 ELSE least(length(part), 3) END])
$$;--> statement-breakpoint
INSERT INTO "waybill"."run_names" SELECT id, integration_id, created_at, lower(name) FROM "waybill"."runs";--> statement-breakpoint
CREATE INDEX "run_names_pieces" ON "waybill"."run_names" USING gin ((waybill.name_pieces("name") collate "C")) WITH (fastupdate=true,gin_pending_list_limit=256);--> statement-breakpoint
CREATE FUNCTION "waybill"."keep_run_name"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO waybill.run_names VALUES (new.id, new.integration_id, new.created_at, lower(new.name));
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "keep_run_name" AFTER INSERT ON "waybill"."runs" FOR EACH ROW EXECUTE FUNCTION waybill.keep_run_name();--> statement-breakpoint
DROP INDEX IF EXISTS "waybill"."runs_name_search";
