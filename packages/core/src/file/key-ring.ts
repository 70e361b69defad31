/** PGP keys as they are written: the private ones unlocked and binary, the public ones armoured. */
export interface KeyRing {
  private: Uint8Array[];
  public: string[];
}
