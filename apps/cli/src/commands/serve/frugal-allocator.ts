/** With these, glibc gives a large buffer back to the system as soon as it is freed, whatever was freed before. */
const allocatorSettings = { MALLOC_MMAP_THRESHOLD_: "262144", MALLOC_TRIM_THRESHOLD_: "131072" };

/**
 * Lets the allocator of this process keep no large buffers for later, of which a server that reads large files would
 * have some 40 MiB more. The allocator looks at the environment only when a process begins, so this one begins anew, under
 * the same id and with the same streams. Does nothing where the environment sets the allocator, or the system is not Linux.
 */
export function useFrugalAllocator(): void {
  if (process.platform !== "linux") return;
  const settled = Object.keys(allocatorSettings).some((name) => process.env[name] !== undefined);
  if (settled) forgetSettings();
  else beginAnew();
}

function beginAnew(): void {
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, command, { ...process.env, ...allocatorSettings });
}

/** What this process starts, as its Postgres, allocates as it always does. */
function forgetSettings(): void {
  for (const [name, value] of Object.entries(allocatorSettings))
    if (process.env[name] === value) delete process.env[name];
}
