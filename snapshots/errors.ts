/** A kept file that cannot be given back as it was put in. Never parsed, never answered from. */
export class SnapshotUnreadable extends Error {
  readonly code: 'snapshot_missing' | 'snapshot_corrupt';
  readonly sha256: string;

  constructor(code: 'snapshot_missing' | 'snapshot_corrupt', sha256: string, options?: { cause?: unknown }) {
    super(`snapshot ${sha256} is ${code === 'snapshot_missing' ? 'missing' : 'corrupt'}`, options);
    this.name = 'SnapshotUnreadable';
    this.code = code;
    this.sha256 = sha256;
  }
}
