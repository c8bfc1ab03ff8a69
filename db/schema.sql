-- Generated from the migrations by db/generate.ts; do not edit.

create table answer (
  answer_id text collate "C" not null,
  endpoint text not null,
  request jsonb not null,
  dataset_version bigint not null,
  response_sha256 text not null,
  given_at timestamp with time zone not null,
  head text not null,
  tail_sha256 text collate "C",
  constraint answer_pkey PRIMARY KEY (answer_id)
);
create table answer_tail (
  tail_sha256 text collate "C" not null,
  tail text not null,
  constraint answer_tail_pkey PRIMARY KEY (tail_sha256)
);
create table change (
  change_id bigint generated always as identity not null,
  release_id bigint not null,
  entity text not null,
  op text not null,
  kinds text[] not null,
  natural_key text collate "C" not null,
  code text collate "C",
  fields text[] not null,
  before jsonb,
  after jsonb,
  constraint change_pkey PRIMARY KEY (change_id),
  constraint change_entity_check CHECK ((entity = ANY (ARRAY['goods_nomenclature'::text, 'measure'::text, 'reference'::text]))),
  constraint change_once UNIQUE (release_id, entity, natural_key),
  constraint change_op_check CHECK ((op = ANY (ARRAY['add'::text, 'modify'::text, 'remove'::text])))
);
create table download (
  download_id bigint generated always as identity not null,
  run_id bigint not null,
  source_id text collate "C" not null,
  edition text not null,
  part text not null,
  url text not null,
  outcome text not null,
  status smallint,
  etag text,
  last_modified text,
  snapshot_id bigint,
  requested_at timestamp with time zone not null,
  constraint download_pkey PRIMARY KEY (download_id),
  constraint download_outcome_check CHECK ((outcome = ANY (ARRAY['changed'::text, 'unchanged'::text, 'not-modified'::text, 'failed'::text])))
);
create table goods_nomenclature (
  goods_nomenclature_id bigint generated always as identity not null,
  source_id text collate "C" not null,
  natural_key text collate "C" not null,
  content_hash text collate "C" not null,
  item_id text collate "C",
  productline_suffix text collate "C",
  code text collate "C",
  parent_key text collate "C",
  ancestors text[] collate "C" not null,
  depth smallint not null,
  sort_key text collate "C" not null,
  declarable boolean not null,
  description text not null,
  units text[] not null,
  footnotes jsonb not null,
  attributes jsonb not null,
  valid_from date not null,
  valid_to date,
  known_from timestamp with time zone not null,
  known_to timestamp with time zone,
  stated_by bigint not null,
  introduced_by bigint not null,
  ended_by bigint,
  constraint goods_nomenclature_pkey PRIMARY KEY (goods_nomenclature_id),
  constraint goods_nomenclature_check CHECK ((valid_to > valid_from)),
  constraint goods_nomenclature_check1 CHECK ((known_to > known_from)),
  constraint goods_nomenclature_once UNIQUE (source_id, natural_key, known_from, valid_from)
);
create table issue (
  issue_id bigint generated always as identity not null,
  source_id text collate "C" not null,
  run_id bigint not null,
  release_id bigint,
  severity text not null,
  code text not null,
  message text not null,
  place jsonb default '{}'::jsonb not null,
  constraint issue_pkey PRIMARY KEY (issue_id),
  constraint issue_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'error'::text])))
);
create table measure (
  measure_id bigint generated always as identity not null,
  source_id text collate "C" not null,
  natural_key text collate "C" not null,
  content_hash text collate "C" not null,
  code text collate "C" not null,
  measure_type text collate "C" not null,
  geographical_area text collate "C" not null,
  excluded_areas text[] not null,
  additional_code text collate "C",
  quota_order_number text collate "C",
  reduction_indicator text collate "C",
  programmes text[] not null,
  effect text not null,
  duty_expression text,
  duty jsonb,
  conditions jsonb not null,
  footnotes text[] not null,
  legal_base text,
  legal_base_url text,
  attributes jsonb not null,
  valid_from date not null,
  valid_to date,
  known_from timestamp with time zone not null,
  known_to timestamp with time zone,
  stated_by bigint not null,
  introduced_by bigint not null,
  ended_by bigint,
  constraint measure_pkey PRIMARY KEY (measure_id),
  constraint measure_check CHECK ((valid_to > valid_from)),
  constraint measure_check1 CHECK ((known_to > known_from)),
  constraint measure_code_check CHECK ((code ~ '^[0-9]{2,14}$'::text)),
  constraint measure_effect_check CHECK ((effect = ANY (ARRAY['base'::text, 'additive'::text, 'floor_total'::text, 'content'::text, 'relief'::text, 'quota_in'::text, 'quota_out'::text, 'prohibition'::text, 'informational'::text]))),
  constraint measure_once UNIQUE (source_id, natural_key, known_from, valid_from)
);
create table reference_data (
  reference_data_id bigint generated always as identity not null,
  source_id text collate "C" not null,
  natural_key text collate "C" not null,
  content_hash text collate "C" not null,
  topic text collate "C" not null,
  code text collate "C",
  subject text collate "C",
  data jsonb not null,
  valid_from date not null,
  valid_to date,
  known_from timestamp with time zone not null,
  known_to timestamp with time zone,
  stated_by bigint not null,
  introduced_by bigint not null,
  ended_by bigint,
  constraint reference_data_pkey PRIMARY KEY (reference_data_id),
  constraint reference_data_check CHECK ((valid_to > valid_from)),
  constraint reference_data_check1 CHECK ((known_to > known_from)),
  constraint reference_data_code_check CHECK ((code ~ '^[0-9]{2,14}$'::text)),
  constraint reference_data_once UNIQUE (source_id, natural_key, known_from, valid_from)
);
create table release (
  release_id bigint generated always as identity not null,
  source_id text collate "C" not null,
  run_id bigint not null,
  label text not null,
  published_at timestamp with time zone not null,
  effective_date date not null,
  effective_basis text,
  data_as_of date not null,
  retrieved_at timestamp with time zone not null,
  loaded_at timestamp with time zone not null,
  cause text not null,
  corrects bigint,
  scope jsonb not null,
  code_version text not null,
  state_hash text not null,
  records integer not null,
  added integer default 0 not null,
  modified integer default 0 not null,
  removed integer default 0 not null,
  constraint release_pkey PRIMARY KEY (release_id),
  constraint release_cause_check CHECK ((cause = ANY (ARRAY['publisher'::text, 'parser'::text, 'correction'::text]))),
  constraint release_known_line UNIQUE (source_id, published_at)
);
create table release_snapshot (
  release_id bigint not null,
  part text not null,
  snapshot_id bigint not null,
  url text not null,
  constraint release_snapshot_pkey PRIMARY KEY (release_id, part)
);
create table run (
  run_id bigint generated always as identity not null,
  source_id text collate "C" not null,
  trigger text not null,
  due_at timestamp with time zone,
  state text default 'started'::text not null,
  message text,
  accepted text,
  code_version text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint run_pkey PRIMARY KEY (run_id),
  constraint run_slot UNIQUE (source_id, due_at),
  constraint run_state_check CHECK ((state = ANY (ARRAY['started'::text, 'unchanged'::text, 'published'::text, 'quarantined'::text, 'failed'::text]))),
  constraint run_trigger_check CHECK ((trigger = ANY (ARRAY['cron'::text, 'manual'::text, 'replay'::text, 'import'::text])))
);
create table snapshot (
  snapshot_id bigint generated always as identity not null,
  sha256 text collate "C" not null,
  bytes bigint not null,
  media_type text not null,
  first_seen timestamp with time zone not null,
  constraint snapshot_pkey PRIMARY KEY (snapshot_id),
  constraint snapshot_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint snapshot_sha256_key UNIQUE (sha256)
);
create table source (
  source_id text collate "C" not null,
  jurisdiction text collate "C" not null,
  title text not null,
  manifest jsonb not null,
  constraint source_pkey PRIMARY KEY (source_id)
);

alter table answer add constraint answer_tail_sha256_fkey FOREIGN KEY (tail_sha256) REFERENCES answer_tail(tail_sha256);
alter table change add constraint change_release_id_fkey FOREIGN KEY (release_id) REFERENCES release(release_id);
alter table download add constraint download_run_id_fkey FOREIGN KEY (run_id) REFERENCES run(run_id);
alter table download add constraint download_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES snapshot(snapshot_id);
alter table goods_nomenclature add constraint goods_nomenclature_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES release(release_id);
alter table goods_nomenclature add constraint goods_nomenclature_introduced_by_fkey FOREIGN KEY (introduced_by) REFERENCES release(release_id);
alter table goods_nomenclature add constraint goods_nomenclature_stated_by_fkey FOREIGN KEY (stated_by) REFERENCES release(release_id);
alter table issue add constraint issue_release_id_fkey FOREIGN KEY (release_id) REFERENCES release(release_id);
alter table issue add constraint issue_run_id_fkey FOREIGN KEY (run_id) REFERENCES run(run_id);
alter table measure add constraint measure_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES release(release_id);
alter table measure add constraint measure_introduced_by_fkey FOREIGN KEY (introduced_by) REFERENCES release(release_id);
alter table measure add constraint measure_stated_by_fkey FOREIGN KEY (stated_by) REFERENCES release(release_id);
alter table reference_data add constraint reference_data_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES release(release_id);
alter table reference_data add constraint reference_data_introduced_by_fkey FOREIGN KEY (introduced_by) REFERENCES release(release_id);
alter table reference_data add constraint reference_data_stated_by_fkey FOREIGN KEY (stated_by) REFERENCES release(release_id);
alter table release add constraint release_corrects_fkey FOREIGN KEY (corrects) REFERENCES release(release_id);
alter table release add constraint release_run_id_fkey FOREIGN KEY (run_id) REFERENCES run(run_id);
alter table release add constraint release_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(source_id);
alter table release_snapshot add constraint release_snapshot_release_id_fkey FOREIGN KEY (release_id) REFERENCES release(release_id);
alter table release_snapshot add constraint release_snapshot_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES snapshot(snapshot_id);
alter table run add constraint run_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(source_id);

CREATE INDEX change_code ON change USING btree (code) WHERE (code IS NOT NULL);
CREATE INDEX download_validators ON download USING btree (source_id, url, download_id DESC);
CREATE INDEX goods_nomenclature_code ON goods_nomenclature USING btree (source_id, code);
CREATE INDEX goods_nomenclature_parent ON goods_nomenclature USING btree (source_id, parent_key);
CREATE INDEX goods_nomenclature_words ON goods_nomenclature USING gin (to_tsvector('english'::regconfig, description));
CREATE INDEX issue_release ON issue USING btree (release_id);
CREATE INDEX issue_source ON issue USING btree (source_id, run_id DESC);
CREATE INDEX measure_code ON measure USING btree (source_id, code);
CREATE INDEX reference_data_code ON reference_data USING btree (topic, code) WHERE (code IS NOT NULL);
CREATE INDEX reference_data_subject ON reference_data USING btree (topic, subject) WHERE (subject IS NOT NULL);
CREATE INDEX reference_data_topic ON reference_data USING btree (topic);
CREATE INDEX release_label ON release USING btree (source_id, label);
CREATE INDEX release_snapshot_bytes ON release_snapshot USING btree (snapshot_id);
CREATE INDEX run_latest ON run USING btree (source_id, run_id DESC);
