-- The tables of datasets; made here, since runs that begin together would race for it.
CREATE SCHEMA IF NOT EXISTS "waybill_data";
