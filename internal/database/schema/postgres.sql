TABLE accounts id bigint NOT NULL IDENTITY
TABLE accounts login text NOT NULL
TABLE accounts name text NOT NULL
TABLE accounts role text NOT NULL
TABLE accounts unit_code bigint NOT NULL
TABLE accounts department_id bigint
TABLE accounts phone text NOT NULL
TABLE accounts password text NOT NULL
TABLE accounts must_change bigint NOT NULL
TABLE accounts disabled bigint NOT NULL
TABLE accounts epoch bigint NOT NULL
TABLE accounts created_at bigint NOT NULL
TABLE audit_events id bigint NOT NULL IDENTITY
TABLE audit_events at bigint NOT NULL
TABLE audit_events account_id bigint NOT NULL
TABLE audit_events actor text NOT NULL
TABLE audit_events action text NOT NULL
TABLE audit_events unit_code bigint NOT NULL
TABLE audit_events subject text NOT NULL
TABLE audit_events before text NOT NULL
TABLE audit_events after text NOT NULL
TABLE bulletin_files unit_code bigint NOT NULL
TABLE bulletin_files period bigint NOT NULL
TABLE bulletin_files version bigint NOT NULL
TABLE bulletin_files kind text NOT NULL
TABLE bulletin_files hash text NOT NULL
TABLE bulletin_files content bytea NOT NULL
TABLE bulletin_rules unit_code bigint NOT NULL
TABLE bulletin_rules version bigint NOT NULL
TABLE bulletin_rules from_month bigint NOT NULL
TABLE bulletin_rules neutral bigint NOT NULL
TABLE bulletin_rules name text NOT NULL
TABLE bulletin_rules figures text NOT NULL
TABLE bulletin_rules least bigint NOT NULL
TABLE bulletin_rules tie text NOT NULL
TABLE bulletin_rules minimum bigint NOT NULL
TABLE bulletin_rules reason text NOT NULL
TABLE bulletin_rules account_id bigint NOT NULL
TABLE bulletin_rules actor text NOT NULL
TABLE bulletin_rules at bigint NOT NULL
TABLE bulletin_versions unit_code bigint NOT NULL
TABLE bulletin_versions period bigint NOT NULL
TABLE bulletin_versions version bigint NOT NULL
TABLE bulletin_versions status text NOT NULL
TABLE bulletin_versions draft text NOT NULL
TABLE bulletin_versions doc_number text NOT NULL
TABLE bulletin_versions reason text NOT NULL
TABLE bulletin_versions erratum text NOT NULL
TABLE bulletin_versions hash text NOT NULL
TABLE bulletin_versions account_id bigint NOT NULL
TABLE bulletin_versions actor text NOT NULL
TABLE bulletin_versions at bigint NOT NULL
TABLE counters name text NOT NULL
TABLE counters value bigint NOT NULL
TABLE departments id bigint NOT NULL IDENTITY
TABLE departments host_code bigint NOT NULL
TABLE departments name text NOT NULL
TABLE dispatch_events id bigint NOT NULL IDENTITY
TABLE dispatch_events county bigint NOT NULL
TABLE dispatch_events seq bigint NOT NULL
TABLE dispatch_events kind text NOT NULL
TABLE dispatch_events refers bigint NOT NULL
TABLE dispatch_events rule text NOT NULL
TABLE dispatch_events unit_code bigint NOT NULL
TABLE dispatch_events department text NOT NULL
TABLE dispatch_events to_unit bigint NOT NULL
TABLE dispatch_events to_department text NOT NULL
TABLE dispatch_events day bigint NOT NULL
TABLE dispatch_events week bigint NOT NULL
TABLE dispatch_events amount bigint NOT NULL
TABLE dispatch_events units bigint NOT NULL
TABLE dispatch_events content text NOT NULL
TABLE dispatch_events from_unit bigint NOT NULL
TABLE dispatch_events account_id bigint NOT NULL
TABLE dispatch_events actor text NOT NULL
TABLE dispatch_events at bigint NOT NULL
TABLE drafts unit_code bigint NOT NULL
TABLE drafts week bigint NOT NULL
TABLE drafts base_version bigint NOT NULL
TABLE drafts revision bigint NOT NULL
TABLE drafts inputs text NOT NULL
TABLE drafts notes text NOT NULL
TABLE drafts account_id bigint NOT NULL
TABLE drafts actor text NOT NULL
TABLE drafts at bigint NOT NULL
TABLE feedback id bigint NOT NULL IDENTITY
TABLE feedback reference text NOT NULL
TABLE feedback at bigint NOT NULL
TABLE feedback unit_code bigint NOT NULL
TABLE feedback account_id bigint NOT NULL
TABLE feedback contact text NOT NULL
TABLE feedback content text NOT NULL
TABLE feedback answer text NOT NULL
TABLE feedback answered_by text NOT NULL
TABLE feedback answered_unit bigint NOT NULL
TABLE feedback answered_at bigint NOT NULL
TABLE grants county bigint NOT NULL
TABLE grants week bigint NOT NULL
TABLE grants unit_code bigint NOT NULL
TABLE grants seq bigint NOT NULL
TABLE grants kind text NOT NULL
TABLE grants until bigint NOT NULL
TABLE grants reason text NOT NULL
TABLE grants account_id bigint NOT NULL
TABLE grants actor text NOT NULL
TABLE grants at bigint NOT NULL
TABLE inbox_messages id bigint NOT NULL IDENTITY
TABLE inbox_messages message text NOT NULL
TABLE inbox_messages unit_code bigint NOT NULL
TABLE inbox_messages week bigint NOT NULL
TABLE inbox_messages reminder text NOT NULL
TABLE inbox_messages title text NOT NULL
TABLE inbox_messages body text NOT NULL
TABLE inbox_messages link text NOT NULL
TABLE inbox_messages at bigint NOT NULL
TABLE inbox_messages department text NOT NULL
TABLE inbox_reads message_id bigint NOT NULL
TABLE inbox_reads account_id bigint NOT NULL
TABLE inbox_reads at bigint NOT NULL
TABLE login_failures subject text NOT NULL
TABLE login_failures failures bigint NOT NULL
TABLE login_failures first_at bigint NOT NULL
TABLE login_failures blocked_until bigint NOT NULL
TABLE outbox_messages id bigint NOT NULL IDENTITY
TABLE outbox_messages message text NOT NULL
TABLE outbox_messages channel text NOT NULL
TABLE outbox_messages robot_id bigint NOT NULL
TABLE outbox_messages unit_code bigint NOT NULL
TABLE outbox_messages week bigint NOT NULL
TABLE outbox_messages reminder text NOT NULL
TABLE outbox_messages units text NOT NULL
TABLE outbox_messages body text NOT NULL
TABLE outbox_messages state text NOT NULL
TABLE outbox_messages attempts bigint NOT NULL
TABLE outbox_messages next_at bigint NOT NULL
TABLE outbox_messages expires_at bigint NOT NULL
TABLE outbox_messages outcome text NOT NULL
TABLE outbox_messages created_at bigint NOT NULL
TABLE outbox_messages done_at bigint NOT NULL
TABLE patrons id bigint NOT NULL IDENTITY
TABLE patrons unit_code bigint NOT NULL
TABLE patrons name text NOT NULL
TABLE patrons lives text NOT NULL
TABLE patrons relation text NOT NULL
TABLE patrons contact text NOT NULL
TABLE patrons consent_day bigint NOT NULL
TABLE patrons consent_how text NOT NULL
TABLE patrons consent_by text NOT NULL
TABLE patrons phone text NOT NULL
TABLE patrons revision bigint NOT NULL
TABLE patrons erased bigint NOT NULL
TABLE patrons actor text NOT NULL
TABLE patrons at bigint NOT NULL
TABLE photo_images hash text NOT NULL
TABLE photo_images full_jpeg bytea NOT NULL
TABLE photo_images thumb_jpeg bytea NOT NULL
TABLE photos id bigint NOT NULL
TABLE photos county bigint NOT NULL
TABLE photos unit_code bigint NOT NULL
TABLE photos kind text NOT NULL
TABLE photos form_key text NOT NULL
TABLE photos file_hash text NOT NULL
TABLE photos image text NOT NULL
TABLE photos width bigint NOT NULL
TABLE photos height bigint NOT NULL
TABLE photos dhash bigint NOT NULL
TABLE photos band0 bigint NOT NULL
TABLE photos band1 bigint NOT NULL
TABLE photos band2 bigint NOT NULL
TABLE photos band3 bigint NOT NULL
TABLE photos taken bigint NOT NULL
TABLE photos taken_minute bigint NOT NULL
TABLE photos latitude bigint NOT NULL
TABLE photos longitude bigint NOT NULL
TABLE photos account_id bigint NOT NULL
TABLE photos actor text NOT NULL
TABLE photos at bigint NOT NULL
TABLE photos_waiting photo_id bigint NOT NULL
TABLE photos_waiting account_id bigint NOT NULL
TABLE photos_waiting at bigint NOT NULL
TABLE reading_sayings unit_code bigint NOT NULL
TABLE reading_sayings number bigint NOT NULL
TABLE reading_sayings reading text NOT NULL
TABLE reading_sayings verdict text NOT NULL
TABLE reading_sayings content text NOT NULL
TABLE reading_sayings print text NOT NULL
TABLE reading_sayings wording text NOT NULL
TABLE reading_sayings account_id bigint NOT NULL
TABLE reading_sayings actor text NOT NULL
TABLE reading_sayings at bigint NOT NULL
TABLE record_parties id bigint NOT NULL
TABLE record_parties name text NOT NULL
TABLE record_parties county bigint NOT NULL
TABLE record_parties day bigint NOT NULL
TABLE record_parties unit_code bigint NOT NULL
TABLE record_photos photo_id bigint NOT NULL
TABLE record_photos record_id bigint NOT NULL
TABLE record_versions county bigint NOT NULL
TABLE record_versions id bigint NOT NULL
TABLE record_versions version bigint NOT NULL
TABLE record_versions seq bigint NOT NULL
TABLE record_versions kind text NOT NULL
TABLE record_versions unit_code bigint NOT NULL
TABLE record_versions took_part text NOT NULL
TABLE record_versions day bigint NOT NULL
TABLE record_versions until_day bigint NOT NULL
TABLE record_versions facts text NOT NULL
TABLE record_versions status text NOT NULL
TABLE record_versions pointed text NOT NULL
TABLE record_versions reason text NOT NULL
TABLE record_versions dispute text NOT NULL
TABLE record_versions from_unit bigint NOT NULL
TABLE record_versions source text NOT NULL
TABLE record_versions source_detail text NOT NULL
TABLE record_versions account_id bigint NOT NULL
TABLE record_versions actor text NOT NULL
TABLE record_versions at bigint NOT NULL
TABLE record_versions photos text NOT NULL
TABLE record_versions latitude bigint NOT NULL
TABLE record_versions longitude bigint NOT NULL
TABLE record_versions answer text NOT NULL
TABLE record_versions looked text NOT NULL
TABLE record_versions checked text NOT NULL
TABLE records id bigint NOT NULL
TABLE records county bigint NOT NULL
TABLE records version bigint NOT NULL
TABLE records kind text NOT NULL
TABLE records unit_code bigint NOT NULL
TABLE records day bigint NOT NULL
TABLE records status text NOT NULL
TABLE records pointed bigint NOT NULL
TABLE records town bigint NOT NULL
TABLE reminders_sent county bigint NOT NULL
TABLE reminders_sent week bigint NOT NULL
TABLE reminders_sent unit_code bigint NOT NULL
TABLE reminders_sent reminder text NOT NULL
TABLE reminders_sent at bigint NOT NULL
TABLE robots id bigint NOT NULL IDENTITY
TABLE robots unit_code bigint NOT NULL
TABLE robots platform text NOT NULL
TABLE robots name text NOT NULL
TABLE robots url text NOT NULL
TABLE robots secret text NOT NULL
TABLE robots mention bigint NOT NULL
TABLE robots account_id bigint NOT NULL
TABLE robots actor text NOT NULL
TABLE robots created_at bigint NOT NULL
TABLE robots removed_at bigint NOT NULL
TABLE row_versions county bigint NOT NULL
TABLE row_versions week bigint NOT NULL
TABLE row_versions unit_code bigint NOT NULL
TABLE row_versions version bigint NOT NULL
TABLE row_versions seq bigint NOT NULL
TABLE row_versions status text NOT NULL
TABLE row_versions unchanged bigint NOT NULL
TABLE row_versions on_behalf bigint NOT NULL
TABLE row_versions cell_values text NOT NULL
TABLE row_versions notes text NOT NULL
TABLE row_versions source text NOT NULL
TABLE row_versions source_detail text NOT NULL
TABLE row_versions reason text NOT NULL
TABLE row_versions return_due bigint NOT NULL
TABLE row_versions account_id bigint NOT NULL
TABLE row_versions actor text NOT NULL
TABLE row_versions at bigint NOT NULL
TABLE row_versions derived text NOT NULL
TABLE sessions token_hash text NOT NULL
TABLE sessions account_id bigint NOT NULL
TABLE sessions data text NOT NULL
TABLE sessions expires_at bigint NOT NULL
TABLE settings name text NOT NULL
TABLE settings value text NOT NULL
TABLE submissions county bigint NOT NULL
TABLE submissions week bigint NOT NULL
TABLE submissions unit_code bigint NOT NULL
TABLE submissions version bigint NOT NULL
TABLE submissions seq bigint NOT NULL
TABLE submissions status text NOT NULL
TABLE submissions head text NOT NULL
TABLE submissions members text NOT NULL
TABLE submissions hash text NOT NULL
TABLE submissions source text NOT NULL
TABLE submissions reason text NOT NULL
TABLE submissions return_due bigint NOT NULL
TABLE submissions account_id bigint NOT NULL
TABLE submissions actor text NOT NULL
TABLE submissions at bigint NOT NULL
TABLE task_events id bigint NOT NULL IDENTITY
TABLE task_events county bigint NOT NULL
TABLE task_events kind text NOT NULL
TABLE task_events refers bigint NOT NULL
TABLE task_events duty text NOT NULL
TABLE task_events demand text NOT NULL
TABLE task_events unit_code bigint NOT NULL
TABLE task_events department text NOT NULL
TABLE task_events period bigint NOT NULL
TABLE task_events day bigint NOT NULL
TABLE task_events content text NOT NULL
TABLE task_events from_unit bigint NOT NULL
TABLE task_events account_id bigint NOT NULL
TABLE task_events actor text NOT NULL
TABLE task_events at bigint NOT NULL
TABLE tokens id bigint NOT NULL IDENTITY
TABLE tokens hash text NOT NULL
TABLE tokens name text NOT NULL
TABLE tokens role text NOT NULL
TABLE tokens unit_code bigint NOT NULL
TABLE tokens account_id bigint NOT NULL
TABLE tokens created_at bigint NOT NULL
TABLE tokens expires_at bigint NOT NULL
TABLE tokens revoked_at bigint NOT NULL
TABLE unit_names unit_code bigint NOT NULL
TABLE unit_names valid_from bigint NOT NULL
TABLE unit_names name text NOT NULL
TABLE units code bigint NOT NULL
TABLE units valid_from bigint NOT NULL
TABLE units valid_to bigint NOT NULL
TABLE units name text NOT NULL
TABLE units kind text NOT NULL
TABLE units successor bigint NOT NULL
TABLE uploads id text NOT NULL
TABLE uploads unit_code bigint NOT NULL
TABLE uploads week bigint NOT NULL
TABLE uploads file_name text NOT NULL
TABLE uploads sha256 text NOT NULL
TABLE uploads content bytea NOT NULL
TABLE uploads account_id bigint NOT NULL
TABLE uploads actor text NOT NULL
TABLE uploads at bigint NOT NULL
TABLE uploads taken_at bigint NOT NULL
CONSTRAINT accounts_department_fkey ON accounts FOREIGN KEY (department_id) REFERENCES departments(id)
CONSTRAINT accounts_login_key ON accounts UNIQUE (login)
CONSTRAINT accounts_pkey ON accounts PRIMARY KEY (id)
CONSTRAINT audit_events_pkey ON audit_events PRIMARY KEY (id)
CONSTRAINT bulletin_files_kind_check ON bulletin_files CHECK ((kind = ANY (ARRAY['docx'::text, 'pdf'::text])))
CONSTRAINT bulletin_files_pkey ON bulletin_files PRIMARY KEY (unit_code, period, version, kind)
CONSTRAINT bulletin_files_version_fkey ON bulletin_files FOREIGN KEY (unit_code, period, version) REFERENCES bulletin_versions(unit_code, period, version)
CONSTRAINT bulletin_rules_pkey ON bulletin_rules PRIMARY KEY (unit_code, version)
CONSTRAINT bulletin_rules_tie_check ON bulletin_rules CHECK ((tie = ANY (ARRAY[''::text, 'skip'::text, 'next'::text, 'code'::text])))
CONSTRAINT bulletin_versions_pkey ON bulletin_versions PRIMARY KEY (unit_code, period, version)
CONSTRAINT bulletin_versions_status_check ON bulletin_versions CHECK ((status = ANY (ARRAY['drafted'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'issued'::text])))
CONSTRAINT counters_pkey ON counters PRIMARY KEY (name)
CONSTRAINT departments_host_name_key ON departments UNIQUE (host_code, name)
CONSTRAINT departments_pkey ON departments PRIMARY KEY (id)
CONSTRAINT dispatch_events_kind_check ON dispatch_events CHECK ((kind = ANY (ARRAY['open'::text, 'answer'::text, 'extend'::text, 'close'::text, 'reopen'::text, 'ask'::text, 'reply'::text, 'settle'::text, 'withdraw'::text])))
CONSTRAINT dispatch_events_pkey ON dispatch_events PRIMARY KEY (id)
CONSTRAINT dispatch_events_place_key ON dispatch_events UNIQUE (county, seq)
CONSTRAINT drafts_pkey ON drafts PRIMARY KEY (unit_code, week)
CONSTRAINT feedback_pkey ON feedback PRIMARY KEY (id)
CONSTRAINT feedback_reference_key ON feedback UNIQUE (reference)
CONSTRAINT grants_kind_check ON grants CHECK ((kind = ANY (ARRAY['extension'::text, 'waiver'::text])))
CONSTRAINT grants_pkey ON grants PRIMARY KEY (county, week, unit_code, seq)
CONSTRAINT inbox_messages_message_key ON inbox_messages UNIQUE (message)
CONSTRAINT inbox_messages_pkey ON inbox_messages PRIMARY KEY (id)
CONSTRAINT inbox_reads_pkey ON inbox_reads PRIMARY KEY (message_id, account_id)
CONSTRAINT login_failures_pkey ON login_failures PRIMARY KEY (subject)
CONSTRAINT outbox_messages_message_key ON outbox_messages UNIQUE (message)
CONSTRAINT outbox_messages_pkey ON outbox_messages PRIMARY KEY (id)
CONSTRAINT outbox_messages_state_check ON outbox_messages CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dropped'::text])))
CONSTRAINT patrons_consent_check ON patrons CHECK (((phone = ''::text) OR (consent_day > 0)))
CONSTRAINT patrons_erased_check ON patrons CHECK (((erased = 0) OR ((name = ''::text) AND (lives = ''::text) AND (relation = ''::text) AND (contact = ''::text))))
CONSTRAINT patrons_pkey ON patrons PRIMARY KEY (id)
CONSTRAINT photo_images_pkey ON photo_images PRIMARY KEY (hash)
CONSTRAINT photos_image_fkey ON photos FOREIGN KEY (image) REFERENCES photo_images(hash)
CONSTRAINT photos_pkey ON photos PRIMARY KEY (id)
CONSTRAINT photos_waiting_photo_fkey ON photos_waiting FOREIGN KEY (photo_id) REFERENCES photos(id)
CONSTRAINT photos_waiting_pkey ON photos_waiting PRIMARY KEY (photo_id)
CONSTRAINT reading_sayings_pkey ON reading_sayings PRIMARY KEY (unit_code, number, reading)
CONSTRAINT reading_sayings_verdict_check ON reading_sayings CHECK ((verdict = ANY (ARRAY['agree'::text, 'otherwise'::text, 'retract'::text])))
CONSTRAINT record_parties_pkey ON record_parties PRIMARY KEY (id, name)
CONSTRAINT record_photos_photo_fkey ON record_photos FOREIGN KEY (photo_id) REFERENCES photos(id)
CONSTRAINT record_photos_pkey ON record_photos PRIMARY KEY (photo_id)
CONSTRAINT record_versions_pkey ON record_versions PRIMARY KEY (county, id, version)
CONSTRAINT record_versions_status_check ON record_versions CHECK ((status = ANY (ARRAY['standing'::text, 'approved'::text, 'withdrawn'::text])))
CONSTRAINT records_pkey ON records PRIMARY KEY (id)
CONSTRAINT reminders_sent_pkey ON reminders_sent PRIMARY KEY (county, week, unit_code, reminder)
CONSTRAINT robots_pkey ON robots PRIMARY KEY (id)
CONSTRAINT robots_platform_check ON robots CHECK ((platform = ANY (ARRAY['wecom'::text, 'dingtalk'::text, 'feishu'::text])))
CONSTRAINT row_versions_pkey ON row_versions PRIMARY KEY (county, week, unit_code, version)
CONSTRAINT row_versions_status_check ON row_versions CHECK ((status = ANY (ARRAY['reported'::text, 'returned'::text, 'carried'::text])))
CONSTRAINT sessions_pkey ON sessions PRIMARY KEY (token_hash)
CONSTRAINT settings_pkey ON settings PRIMARY KEY (name)
CONSTRAINT submissions_pkey ON submissions PRIMARY KEY (county, week, unit_code, version)
CONSTRAINT submissions_status_check ON submissions CHECK ((status = ANY (ARRAY['sealed'::text, 'returned'::text, 'reopened'::text])))
CONSTRAINT task_events_kind_check ON task_events CHECK ((kind = ANY (ARRAY['report'::text, 'confirm'::text, 'decline'::text, 'exempt'::text, 'lift'::text, 'press'::text, 'answer'::text])))
CONSTRAINT task_events_pkey ON task_events PRIMARY KEY (id)
CONSTRAINT tokens_hash_key ON tokens UNIQUE (hash)
CONSTRAINT tokens_pkey ON tokens PRIMARY KEY (id)
CONSTRAINT unit_names_pkey ON unit_names PRIMARY KEY (unit_code, valid_from)
CONSTRAINT units_kind_check ON units CHECK ((kind = ANY (ARRAY['ordinary'::text, 'virtual'::text])))
CONSTRAINT units_pkey ON units PRIMARY KEY (code, valid_from)
CONSTRAINT uploads_pkey ON uploads PRIMARY KEY (id)
CREATE UNIQUE INDEX accounts_login_key ON public.accounts USING btree (login);
CREATE UNIQUE INDEX accounts_pkey ON public.accounts USING btree (id);
CREATE INDEX accounts_unit_idx ON public.accounts USING btree (unit_code);
CREATE UNIQUE INDEX audit_events_pkey ON public.audit_events USING btree (id);
CREATE INDEX audit_events_unit_idx ON public.audit_events USING btree (unit_code, at);
CREATE UNIQUE INDEX bulletin_files_pkey ON public.bulletin_files USING btree (unit_code, period, version, kind);
CREATE UNIQUE INDEX bulletin_rules_pkey ON public.bulletin_rules USING btree (unit_code, version);
CREATE UNIQUE INDEX bulletin_versions_pkey ON public.bulletin_versions USING btree (unit_code, period, version);
CREATE UNIQUE INDEX counters_pkey ON public.counters USING btree (name);
CREATE UNIQUE INDEX departments_host_name_key ON public.departments USING btree (host_code, name);
CREATE UNIQUE INDEX departments_pkey ON public.departments USING btree (id);
CREATE UNIQUE INDEX dispatch_events_pkey ON public.dispatch_events USING btree (id);
CREATE UNIQUE INDEX dispatch_events_place_key ON public.dispatch_events USING btree (county, seq);
CREATE UNIQUE INDEX drafts_pkey ON public.drafts USING btree (unit_code, week);
CREATE UNIQUE INDEX feedback_pkey ON public.feedback USING btree (id);
CREATE UNIQUE INDEX feedback_reference_key ON public.feedback USING btree (reference);
CREATE INDEX feedback_unit_idx ON public.feedback USING btree (unit_code, answered_at);
CREATE UNIQUE INDEX grants_pkey ON public.grants USING btree (county, week, unit_code, seq);
CREATE UNIQUE INDEX grants_seq_idx ON public.grants USING btree (seq);
CREATE UNIQUE INDEX inbox_messages_message_key ON public.inbox_messages USING btree (message);
CREATE UNIQUE INDEX inbox_messages_pkey ON public.inbox_messages USING btree (id);
CREATE INDEX inbox_messages_unit_idx ON public.inbox_messages USING btree (unit_code, department, id);
CREATE UNIQUE INDEX inbox_reads_pkey ON public.inbox_reads USING btree (message_id, account_id);
CREATE UNIQUE INDEX login_failures_pkey ON public.login_failures USING btree (subject);
CREATE UNIQUE INDEX outbox_messages_message_key ON public.outbox_messages USING btree (message);
CREATE UNIQUE INDEX outbox_messages_pkey ON public.outbox_messages USING btree (id);
CREATE INDEX outbox_messages_state_idx ON public.outbox_messages USING btree (state, next_at);
CREATE INDEX outbox_messages_unit_idx ON public.outbox_messages USING btree (unit_code, week);
CREATE UNIQUE INDEX patrons_pkey ON public.patrons USING btree (id);
CREATE INDEX patrons_unit_idx ON public.patrons USING btree (unit_code);
CREATE UNIQUE INDEX photo_images_pkey ON public.photo_images USING btree (hash);
CREATE INDEX photos_band0_idx ON public.photos USING btree (county, band0);
CREATE INDEX photos_band1_idx ON public.photos USING btree (county, band1);
CREATE INDEX photos_band2_idx ON public.photos USING btree (county, band2);
CREATE INDEX photos_band3_idx ON public.photos USING btree (county, band3);
CREATE INDEX photos_file_idx ON public.photos USING btree (county, file_hash);
CREATE INDEX photos_form_idx ON public.photos USING btree (account_id, form_key);
CREATE INDEX photos_image_idx ON public.photos USING btree (image);
CREATE UNIQUE INDEX photos_pkey ON public.photos USING btree (id);
CREATE INDEX photos_waiting_account_idx ON public.photos_waiting USING btree (account_id);
CREATE INDEX photos_waiting_at_idx ON public.photos_waiting USING btree (at);
CREATE UNIQUE INDEX photos_waiting_pkey ON public.photos_waiting USING btree (photo_id);
CREATE UNIQUE INDEX reading_sayings_pkey ON public.reading_sayings USING btree (unit_code, number, reading);
CREATE INDEX record_parties_name_idx ON public.record_parties USING btree (county, name, day, id, unit_code);
CREATE UNIQUE INDEX record_parties_pkey ON public.record_parties USING btree (id, name);
CREATE UNIQUE INDEX record_photos_pkey ON public.record_photos USING btree (photo_id);
CREATE UNIQUE INDEX record_versions_pkey ON public.record_versions USING btree (county, id, version);
CREATE UNIQUE INDEX record_versions_seq_idx ON public.record_versions USING btree (seq);
CREATE INDEX records_county_idx ON public.records USING btree (county, day, id);
CREATE INDEX records_day_idx ON public.records USING btree (day, id, kind);
CREATE INDEX records_kind_idx ON public.records USING btree (county, kind, day, id);
CREATE INDEX records_open_idx ON public.records USING btree (unit_code, pointed) WHERE (pointed <> 0);
CREATE UNIQUE INDEX records_pkey ON public.records USING btree (id);
CREATE INDEX records_pointed_idx ON public.records USING btree (county, day, id) WHERE (pointed <> 0);
CREATE INDEX records_town_idx ON public.records USING btree (town, day, id, kind);
CREATE INDEX records_unit_idx ON public.records USING btree (unit_code, day, id, kind);
CREATE UNIQUE INDEX reminders_sent_pkey ON public.reminders_sent USING btree (county, week, unit_code, reminder);
CREATE UNIQUE INDEX robots_pkey ON public.robots USING btree (id);
CREATE INDEX robots_unit_idx ON public.robots USING btree (unit_code);
CREATE UNIQUE INDEX row_versions_pkey ON public.row_versions USING btree (county, week, unit_code, version);
CREATE UNIQUE INDEX row_versions_seq_idx ON public.row_versions USING btree (seq);
CREATE INDEX sessions_account_idx ON public.sessions USING btree (account_id);
CREATE INDEX sessions_expires_idx ON public.sessions USING btree (expires_at);
CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (token_hash);
CREATE UNIQUE INDEX settings_pkey ON public.settings USING btree (name);
CREATE UNIQUE INDEX submissions_pkey ON public.submissions USING btree (county, week, unit_code, version);
CREATE UNIQUE INDEX submissions_seq_idx ON public.submissions USING btree (seq);
CREATE INDEX task_events_county_idx ON public.task_events USING btree (county, id);
CREATE UNIQUE INDEX task_events_decision_idx ON public.task_events USING btree (refers) WHERE (kind = ANY (ARRAY['confirm'::text, 'decline'::text]));
CREATE UNIQUE INDEX task_events_pkey ON public.task_events USING btree (id);
CREATE UNIQUE INDEX tokens_hash_key ON public.tokens USING btree (hash);
CREATE UNIQUE INDEX tokens_pkey ON public.tokens USING btree (id);
CREATE UNIQUE INDEX unit_names_pkey ON public.unit_names USING btree (unit_code, valid_from);
CREATE UNIQUE INDEX units_pkey ON public.units USING btree (code, valid_from);
CREATE UNIQUE INDEX uploads_pkey ON public.uploads USING btree (id);
CREATE INDEX uploads_taken_idx ON public.uploads USING btree (taken_at, at);
