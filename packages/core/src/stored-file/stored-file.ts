/** A file as it was sent: its bytes never change. `sha256` is in hexadecimal, `createdAt` ISO 8601 in UTC. */
export interface StoredFile {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  createdAt: string;
}
