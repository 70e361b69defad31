/** Whether the database refused a row since it breaks this constraint. */
export function breaksConstraint(error: unknown, constraint: string): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === constraint;
}
