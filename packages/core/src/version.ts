/** The version of Waybill. */
export const version = "0.1.0";
