import { arch, cpus, platform, release, totalmem } from "node:os";

/** Where it was measured. */
export interface Machine {
  cores: number;
  processor: string;
  memoryGib: number;
  system: string;
  node: string;
  postgres: string;
}

const gibibyte = 1024 ** 3;

/** Describes this machine. */
export function describeMachine(postgres: string): Machine {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGib: Math.round(totalmem() / gibibyte),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    postgres,
  };
}
