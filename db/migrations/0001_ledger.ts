import { type Kysely, sql } from 'kysely';

/**
 * The ledger: sources, runs, kept bytes, releases, and the three tables of dated records.
 * Code and key columns are COLLATE "C": bytewise order, so one btree serves =, = ANY and LIKE 'prefix%'.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table source (
  source_id    text collate "C" primary key,
  jurisdiction text collate "C" not null,
  title        text not null,
  manifest     jsonb not null
);
create table run (
  run_id       bigint generated always as identity primary key,
  source_id    text collate "C" not null references source,
  trigger      text not null check (trigger in ('cron', 'manual', 'replay', 'import')),
  due_at       timestamptz,
  state        text not null default 'started'
               check (state in ('started', 'unchanged', 'published', 'quarantined', 'failed')),
  message      text,
  accepted     text,
  code_version text not null,
  started_at   timestamptz not null,
  finished_at  timestamptz,
  constraint run_slot unique (source_id, due_at)
);
create index run_latest on run (source_id, run_id desc);
create table snapshot (
  snapshot_id  bigint generated always as identity primary key,
  sha256       text collate "C" not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes        bigint not null,
  media_type   text not null,
  first_seen   timestamptz not null
);
create table download (
  download_id  bigint generated always as identity primary key,
  run_id       bigint not null references run,
  source_id    text collate "C" not null,
  edition      text not null,
  part         text not null,
  url          text not null,
  outcome      text not null check (outcome in ('changed', 'unchanged', 'not-modified', 'failed')),
  status       smallint,
  etag         text,
  last_modified text,
  snapshot_id  bigint references snapshot,
  requested_at timestamptz not null
);
create index download_validators on download (source_id, url, download_id desc);
create table release (
  release_id     bigint generated always as identity primary key,
  source_id      text collate "C" not null references source,
  run_id         bigint not null references run,
  label          text not null,
  published_at   timestamptz not null,
  effective_date date not null,
  effective_basis text,
  data_as_of     date not null,
  retrieved_at   timestamptz not null,
  loaded_at      timestamptz not null,
  cause          text not null check (cause in ('publisher', 'parser', 'correction')),
  corrects       bigint references release,
  scope          jsonb not null,
  code_version   text not null,
  state_hash     text not null,
  records        int not null,
  added          int not null default 0,
  modified       int not null default 0,
  removed        int not null default 0,
  constraint release_known_line unique (source_id, published_at)
);
create index release_label on release (source_id, label);
create table release_snapshot (
  release_id   bigint not null references release,
  part         text not null,
  snapshot_id  bigint not null references snapshot,
  url          text not null,
  primary key (release_id, part)
);
create index release_snapshot_bytes on release_snapshot (snapshot_id);
create table issue (
  issue_id     bigint generated always as identity primary key,
  source_id    text collate "C" not null,
  run_id       bigint not null references run,
  release_id   bigint references release,
  severity     text not null check (severity in ('info', 'warning', 'error')),
  code         text not null,
  message      text not null,
  place        jsonb not null default '{}'
);
create index issue_source on issue (source_id, run_id desc);
create index issue_release on issue (release_id);

create table goods_nomenclature (
  goods_nomenclature_id bigint generated always as identity primary key,
  source_id      text collate "C" not null,
  natural_key    text collate "C" not null,
  content_hash   text collate "C" not null,
  item_id        text collate "C",
  productline_suffix text collate "C",
  code           text collate "C",
  parent_key     text collate "C",
  ancestors      text[] collate "C" not null,
  depth          smallint not null,
  sort_key       text collate "C" not null,
  declarable     boolean not null,
  description    text not null,
  units          text[] not null,
  footnotes      jsonb not null,
  attributes     jsonb not null,
  valid_from     date not null,
  valid_to       date check (valid_to > valid_from),
  known_from     timestamptz not null,
  known_to       timestamptz check (known_to > known_from),
  stated_by      bigint not null references release,
  introduced_by  bigint not null references release,
  ended_by       bigint references release,
  constraint goods_nomenclature_once unique (source_id, natural_key, known_from, valid_from)
);
create index goods_nomenclature_code on goods_nomenclature (source_id, code);
create index goods_nomenclature_parent on goods_nomenclature (source_id, parent_key);
create index goods_nomenclature_words on goods_nomenclature using gin (to_tsvector('english', description));

create table measure (
  measure_id     bigint generated always as identity primary key,
  source_id      text collate "C" not null,
  natural_key    text collate "C" not null,
  content_hash   text collate "C" not null,
  code           text collate "C" not null check (code ~ '^[0-9]{2,14}$'),
  measure_type   text collate "C" not null,
  geographical_area text collate "C" not null,
  excluded_areas text[] not null,
  additional_code    text collate "C",
  quota_order_number text collate "C",
  reduction_indicator text collate "C",
  programmes     text[] not null,
  effect         text not null check (effect in
    ('base', 'additive', 'floor_total', 'content', 'relief', 'quota_in', 'quota_out', 'prohibition', 'informational')),
  duty_expression text,
  duty           jsonb,
  conditions     jsonb not null,
  footnotes      text[] not null,
  legal_base     text,
  legal_base_url text,
  attributes     jsonb not null,
  valid_from     date not null,
  valid_to       date check (valid_to > valid_from),
  known_from     timestamptz not null,
  known_to       timestamptz check (known_to > known_from),
  stated_by      bigint not null references release,
  introduced_by  bigint not null references release,
  ended_by       bigint references release,
  constraint measure_once unique (source_id, natural_key, known_from, valid_from)
);
create index measure_code on measure (source_id, code);

create table reference_data (
  reference_data_id bigint generated always as identity primary key,
  source_id      text collate "C" not null,
  natural_key    text collate "C" not null,
  content_hash   text collate "C" not null,
  topic          text collate "C" not null,
  code           text collate "C" check (code ~ '^[0-9]{2,14}$'),
  subject        text collate "C",
  data           jsonb not null,
  valid_from     date not null,
  valid_to       date check (valid_to > valid_from),
  known_from     timestamptz not null,
  known_to       timestamptz check (known_to > known_from),
  stated_by      bigint not null references release,
  introduced_by  bigint not null references release,
  ended_by       bigint references release,
  constraint reference_data_once unique (source_id, natural_key, known_from, valid_from)
);
create index reference_data_code on reference_data (topic, code) where code is not null;
create index reference_data_subject on reference_data (topic, subject) where subject is not null;

create table change (
  change_id    bigint generated always as identity primary key,
  release_id   bigint not null references release,
  entity       text not null check (entity in ('goods_nomenclature', 'measure', 'reference')),
  op           text not null check (op in ('add', 'modify', 'remove')),
  kinds        text[] not null,
  natural_key  text collate "C" not null,
  code         text collate "C",
  fields       text[] not null,
  before       jsonb,
  after        jsonb,
  constraint change_once unique (release_id, entity, natural_key)
);
create index change_code on change (code) where code is not null;

create table answer (
  answer_id       text collate "C" primary key,
  endpoint        text not null,
  request         jsonb not null,
  response        jsonb not null,
  dataset_version bigint not null,
  response_sha256 text not null,
  given_at        timestamptz not null
);
`.execute(db);
}
