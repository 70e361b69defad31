CREATE TABLE "waybill"."master_key_seal" (
	"id" integer PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);
