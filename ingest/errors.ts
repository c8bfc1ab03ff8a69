/** The edition was held back; what is published stays. */
export class Quarantined extends Error {
  override name = 'Quarantined';
  readonly code = 'quarantined';
  readonly findings: readonly { code: string; message: string }[];

  constructor(label: string, findings: readonly { code: string; message: string }[]) {
    super(`${label}: ${findings.map((finding) => `${finding.code}: ${finding.message}`).join('; ')}`);
    this.findings = findings;
  }
}

/** Somebody else is working on the source right now. */
export class SourceBusy extends Error {
  override name = 'SourceBusy';
  readonly code = 'source-busy';
}
