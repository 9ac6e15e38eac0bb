PRAGMA application_id = 1364543834;
BEGIN TRANSACTION;
CREATE TABLE absent (
	hash TEXT NOT NULL, 
	uid TEXT NOT NULL, 
	PRIMARY KEY (hash, uid)
);
CREATE TABLE act (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uuid TEXT NOT NULL, 
	learner TEXT NOT NULL, 
	card_uid TEXT NOT NULL, 
	type TEXT NOT NULL, 
	at_ms INTEGER NOT NULL, 
	offset_min INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	target TEXT, 
	value TEXT, 
	UNIQUE (uuid), 
	FOREIGN KEY(card_uid) REFERENCES card (uid)
);
INSERT INTO "act" VALUES(1,'881f20955d424b2fac89fc0d152fb53c','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(2,'8e4a98bcc2c142acbf4273819f2aca9b','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(3,'dbbc49a0662f4a8f8877f2e03042c8f1','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046860000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(4,'3c3d43a4e98747aeac3c872fe7ae8996','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046880000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(5,'bef1acac794a4afc9cd2ac4fe5e8d136','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738100000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(6,'2e310d6dd04a4f5eb3b446d4cb142a0a','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738120000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(7,'7383d380619f4810a3250ab086395786','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429340000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(8,'f0d0ba60080b408380129a804f448a20','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429360000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(9,'13b4d697b5f945339b5f9679d38e749d','me','bd79b3ef9cd150fbbc53979719f523ce','undo',1775120560000,0,20545,'f0d0ba60080b408380129a804f448a20',NULL);
INSERT INTO "act" VALUES(10,'dd1fe491046f4c73a42f158e106d371e','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120560000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(11,'c0823884ec724e4aa876fe07f947f696','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120560000,0,20545,'7383d380619f4810a3250ab086395786','3');
CREATE TABLE card (
	uid TEXT NOT NULL, 
	deck TEXT NOT NULL, 
	question TEXT NOT NULL, 
	born TEXT NOT NULL, 
	repetition INTEGER NOT NULL, 
	interval_days INTEGER NOT NULL, 
	ease INTEGER NOT NULL, 
	due_day INTEGER, 
	last_day INTEGER, 
	first_day INTEGER, 
	reviews INTEGER NOT NULL, 
	counted INTEGER NOT NULL, 
	lapses INTEGER NOT NULL, 
	streak INTEGER NOT NULL, 
	last_grade INTEGER, 
	suspended INTEGER NOT NULL, 
	flagged INTEGER NOT NULL, 
	buried_until INTEGER, 
	rung TEXT NOT NULL, 
	grader_hash TEXT NOT NULL, 
	median_ms INTEGER, 
	last_seq INTEGER NOT NULL, 
	PRIMARY KEY (uid), 
	CONSTRAINT card_name UNIQUE (deck, question)
);
INSERT INTO "card" VALUES('3cd9dbd009755f29af46933a3bc5b76f','a','one','a/one',1,1,182,20538,20537,20513,4,4,1,1,3,0,1,NULL,'','',4000,11);
INSERT INTO "card" VALUES('bd79b3ef9cd150fbbc53979719f523ce','a','two','a/two',3,15,236,20544,20529,20513,3,3,0,3,3,0,0,NULL,'','',NULL,9);
CREATE TABLE compiled (
	hash TEXT NOT NULL, 
	question TEXT NOT NULL, 
	deck TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	status TEXT NOT NULL, 
	data TEXT NOT NULL, 
	line INTEGER NOT NULL, 
	minutes DOUBLE, 
	tags TEXT NOT NULL, 
	requires TEXT NOT NULL, 
	grp TEXT NOT NULL, 
	was TEXT NOT NULL, 
	prompt_hash TEXT NOT NULL, 
	grader_hash TEXT NOT NULL, 
	introduced INTEGER NOT NULL, 
	PRIMARY KEY (hash, question)
);
CREATE TABLE deck_choice (
	deck TEXT NOT NULL, 
	started INTEGER NOT NULL, 
	at_ms INTEGER NOT NULL, 
	PRIMARY KEY (deck)
);
INSERT INTO "deck_choice" VALUES('a',1,1775120560000);
CREATE TABLE deck_file (
	path TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	parts TEXT NOT NULL, 
	program TEXT NOT NULL, 
	checked_at_ms INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	deck TEXT NOT NULL, 
	title TEXT NOT NULL, 
	language TEXT NOT NULL, 
	header TEXT NOT NULL, 
	kinds TEXT NOT NULL, 
	ready INTEGER NOT NULL, 
	drafts INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	PRIMARY KEY (path)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
INSERT INTO "meta" VALUES('rules','sm2 {"max_interval": 36500}');
CREATE TABLE output (
	"key" TEXT NOT NULL, 
	value BLOB NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE response (
	seq INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES review (seq)
);
CREATE TABLE review (
	seq INTEGER NOT NULL, 
	grade INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	question_kind TEXT NOT NULL, 
	rung TEXT NOT NULL, 
	trial INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	drawn TEXT NOT NULL, 
	hints INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	duration_ms INTEGER, 
	scheduler TEXT NOT NULL, 
	parameters TEXT NOT NULL, 
	planned_interval INTEGER, 
	chosen_due INTEGER, 
	predicted DOUBLE, 
	prompt_hash TEXT NOT NULL, 
	grader_hash TEXT NOT NULL, 
	score DOUBLE, 
	mistake TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES act (seq)
);
INSERT INTO "review" VALUES(1,4,'passed','review','choice','',0,0,'{}',0,1,4000,'sm2','{"max_interval": 36500}',1,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(2,4,'passed','review','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',1,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(3,4,'passed','review','choice','',0,0,'{}',0,1,4000,'sm2','{"max_interval": 36500}',6,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(4,4,'passed','review','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',6,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(5,1,'wrong-answer','review','choice','',0,0,'{}',0,1,4000,'sm2','{"max_interval": 36500}',1,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(6,3,'passed','review','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',15,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(7,5,'passed','review','choice','',0,0,'{}',0,1,4000,'sm2','{"max_interval": 36500}',1,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(8,5,'passed','ahead','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',15,NULL,NULL,'','',NULL,'','{}');
CREATE INDEX absent_uid ON absent (uid);
CREATE INDEX card_due ON card (deck, due_day, suspended, buried_until);
CREATE INDEX card_first ON card (first_day);
CREATE INDEX compiled_new ON compiled (introduced, hash, status, position);
CREATE INDEX compiled_name ON compiled (deck, question);
CREATE INDEX act_card ON act (card_uid, seq);
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',11);
COMMIT;
