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
	order_ms INTEGER DEFAULT '0' NOT NULL, 
	UNIQUE (uuid), 
	FOREIGN KEY(card_uid) REFERENCES card (uid)
);
INSERT INTO "act" VALUES(1,'464f4b1947d94413bc69ba107b6f239f','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL,1772355620000);
INSERT INTO "act" VALUES(2,'90f115afed6c4312a895505a66435cbb','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL,1772355640000);
INSERT INTO "act" VALUES(3,'f5e58d07fb99417eacad65f22d5ebbec','me','49a533100a40530c902df62907a203d3','review',1772355660000,0,20513,NULL,NULL,1772355660000);
INSERT INTO "act" VALUES(4,'3fc2b212e2774677895e37f05010f002','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046880000,0,20521,NULL,NULL,1773046880000);
INSERT INTO "act" VALUES(5,'e2bdd9259b464479a55f0581f7f740b0','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046900000,0,20521,NULL,NULL,1773046900000);
INSERT INTO "act" VALUES(6,'793d18d2a60c42899e791851946a3985','me','49a533100a40530c902df62907a203d3','review',1773046920000,0,20521,NULL,NULL,1773046920000);
INSERT INTO "act" VALUES(7,'98bdb22f44454d58ae71b6b64b600af8','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738140000,0,20529,NULL,NULL,1773738140000);
INSERT INTO "act" VALUES(8,'e74bd244bb934e44a4d9e82f191ee80f','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738160000,0,20529,NULL,NULL,1773738160000);
INSERT INTO "act" VALUES(9,'5662cfe028994cd0893997a28464d271','me','49a533100a40530c902df62907a203d3','review',1773738180000,0,20529,NULL,NULL,1773738180000);
INSERT INTO "act" VALUES(10,'0be6d597de5f4e45a17ce97ee0091095','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429400000,0,20537,NULL,NULL,1774429400000);
INSERT INTO "act" VALUES(11,'fc013fd687b7469bad4810c8f9d1a3f7','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429420000,0,20537,NULL,NULL,1774429420000);
INSERT INTO "act" VALUES(12,'ba1672e5f7d34d6cad1a9a2593512226','me','49a533100a40530c902df62907a203d3','review',1774429440000,0,20537,NULL,NULL,1774429440000);
INSERT INTO "act" VALUES(13,'601f4406c0a449858fd694ae3e701329','me','49a533100a40530c902df62907a203d3','undo',1775120640000,0,20545,'ba1672e5f7d34d6cad1a9a2593512226',NULL,1775120640000);
INSERT INTO "act" VALUES(14,'2f79672a56734002ac27065db60863e7','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120640000,0,20545,NULL,NULL,1775120640001);
INSERT INTO "act" VALUES(15,'9c4c3adebf4c456997557a724f8813a7','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120640000,0,20545,'0be6d597de5f4e45a17ce97ee0091095','3',1775120640002);
INSERT INTO "act" VALUES(16,'c8c99d50d8f5454a977176da6489c08f','me','bd79b3ef9cd150fbbc53979719f523ce','bury',1775120640000,0,20545,NULL,'20546',1775120640003);
INSERT INTO "act" VALUES(17,'f39c04c2277a4d5bb47883dd78382bcd','me','a4b1291a5399520e88c50b2148ae0f08','suspend',1775120640000,0,20545,NULL,NULL,1775120640004);
INSERT INTO "act" VALUES(18,'2f8f376fc7c144cfa70ce55023378e8f','me','3cd9dbd009755f29af46933a3bc5b76f','move-due',1775120640000,0,20545,NULL,'20554',1775120640005);
INSERT INTO "act" VALUES(19,'4085fbb2c97645f3a47145c153011875','me','49a533100a40530c902df62907a203d3','rename',1775120640000,0,20545,NULL,'b/new',1775120640006);
INSERT INTO "act" VALUES(20,'b342d9d4415a43c2974fe5d8dec2f7d7','me','c5cb666f1de7589db7babd255cf319f9','review',1775120660000,0,20545,NULL,NULL,1775120660000);
INSERT INTO "act" VALUES(21,'ab5dae24fdf3426a89182e0d8f3060bb','me','3cd9dbd009755f29af46933a3bc5b76f','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 925f5b29401b419bb241980f84b9d059',1775120660001);
INSERT INTO "act" VALUES(22,'655366f8e12d4fa582486a55a0e1b415','me','bd79b3ef9cd150fbbc53979719f523ce','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 925f5b29401b419bb241980f84b9d059',1775120660002);
INSERT INTO "act" VALUES(23,'75160c36defe4b35953e72f2d9e0f76d','me','3cd9dbd009755f29af46933a3bc5b76f','exam',1775120660000,0,20545,'98595810b4db4203bc594813dd75e42e','20585',1775120660003);
INSERT INTO "act" VALUES(24,'5441e608979f4ad0b74d3080f33b7388','me','bd79b3ef9cd150fbbc53979719f523ce','move-due',1775120660000,0,20545,'213efbf8c5564319bda916898f8c25ff','20548',1775120660004);
INSERT INTO "act" VALUES(25,'865ad8d9fd264842a73903b801245012','me','49a533100a40530c902df62907a203d3','move-due',1775120660000,0,20545,'213efbf8c5564319bda916898f8c25ff','20549',1775120660005);
INSERT INTO "act" VALUES(26,'9ee3ed365645438fb102352402a7de17','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379880000,0,20548,NULL,NULL,1775379880000);
INSERT INTO "act" VALUES(27,'bee3d5b475cb4fda8eb4788e8dbd5591','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379900000,0,20548,NULL,NULL,1775379900000);
INSERT INTO "act" VALUES(28,'d451cf191c4240bfac025e8a19c03d4c','me','49a533100a40530c902df62907a203d3','reset',1775379900000,0,20548,NULL,NULL,1775379900001);
INSERT INTO "act" VALUES(29,'1554f2466a6f42d5961a0585188fcc48','me','49a533100a40530c902df62907a203d3','review',1775379920000,0,20548,NULL,NULL,1775379920000);
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
	scheduler TEXT DEFAULT '' NOT NULL, 
	stability DOUBLE, 
	difficulty DOUBLE, 
	exam_day INTEGER, 
	median_ms INTEGER, 
	last_seq INTEGER NOT NULL, 
	PRIMARY KEY (uid), 
	CONSTRAINT card_name UNIQUE (deck, question)
);
INSERT INTO "card" VALUES('3cd9dbd009755f29af46933a3bc5b76f','a','one','a/one',3,24,250,20572,20548,20513,5,6,1,3,4,0,1,NULL,'','','fsrs 4be4200468c1',6.80298789532458,9.42829677019615175481e+00,20585,4001,27);
INSERT INTO "card" VALUES('bd79b3ef9cd150fbbc53979719f523ce','a','two','a/two',0,3,250,20548,20537,20513,4,4,1,0,0,0,0,20546,'','g','fsrs 4be4200468c1',2.78384198023078832662e+00,7.43433806996973611802e+00,NULL,4001,24);
INSERT INTO "card" VALUES('49a533100a40530c902df62907a203d3','b','new','b/old',1,1,260,20549,20548,20548,1,4,0,1,5,0,0,NULL,'','','',NULL,NULL,NULL,4001,29);
INSERT INTO "card" VALUES('a4b1291a5399520e88c50b2148ae0f08','a','three','a/three',0,0,250,NULL,NULL,NULL,0,0,0,0,NULL,1,0,NULL,'','','',NULL,NULL,NULL,NULL,17);
INSERT INTO "card" VALUES('c5cb666f1de7589db7babd255cf319f9','b','old','b/old',0,0,250,NULL,NULL,NULL,0,0,0,0,NULL,0,0,NULL,'','','',NULL,NULL,NULL,NULL,20);
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
INSERT INTO "deck_choice" VALUES('a',1,1775379920000);
INSERT INTO "deck_choice" VALUES('b',0,1775379920000);
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
CREATE TABLE joined (
	uid TEXT NOT NULL, 
	card_uid TEXT NOT NULL, 
	PRIMARY KEY (uid)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','4');
INSERT INTO "meta" VALUES('rules','sm2 {"max_interval": 36500}');
CREATE TABLE output (
	"key" TEXT NOT NULL, 
	value BLOB NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "output" VALUES('k',X'76');
CREATE TABLE parameter_set (
	id TEXT NOT NULL, 
	scheduler TEXT NOT NULL, 
	weights TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	at_ms INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "parameter_set" VALUES('4be4200468c1','fsrs','[0.21412, 1.306031, 2.329565, 8.378556, 6.4774329999999996, 0.841734, 3.049594, 0.00101, 1.8909220000000002, 0.168266, 0.80396, 1.498335, 0.06201400000000001, 0.265529, 1.6647830000000001, 0.607414, 1.891629, 0.547925, 0.092112, 0.066458, 0.155742]','{"scored": 12}',1775120660000);
CREATE TABLE response (
	seq INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES review (seq) DEFERRABLE INITIALLY IMMEDIATE
);
INSERT INTO "response" VALUES(2,'answer 0 学习');
INSERT INTO "response" VALUES(3,'answer 0 学习');
INSERT INTO "response" VALUES(5,'answer 1 学习');
INSERT INTO "response" VALUES(6,'answer 1 学习');
INSERT INTO "response" VALUES(8,'answer 2 学习');
INSERT INTO "response" VALUES(9,'answer 2 学习');
INSERT INTO "response" VALUES(11,'answer 3 学习');
INSERT INTO "response" VALUES(12,'answer 3 学习');
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
	FOREIGN KEY(seq) REFERENCES act (seq) DEFERRABLE INITIALLY IMMEDIATE
);
INSERT INTO "review" VALUES(1,4,'passed','review','choice','',0,0,'{"n": 0}',0,1,4000,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(2,4,'passed','review','numeric','',0,0,'{"n": 0}',0,1,4000,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(3,3,'passed','review','code','fill',0,0,'{"n": 0}',0,1,4000,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(4,1,'wrong-answer','review','choice','',0,1,'{"n": 1}',0,1,4001,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'off by one','{"message": "…"}');
INSERT INTO "review" VALUES(5,4,'passed','review','numeric','',0,1,'{"n": 1}',0,1,4001,'sm2','{"max_interval": 36500}',6,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(6,5,'passed','review','code','fill',0,1,'{"n": 1}',0,1,4001,'sm2','{"max_interval": 36500}',6,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(7,4,'passed','review','choice','',0,2,'{"n": 2}',0,1,4002,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(8,4,'passed','review','numeric','',0,2,'{"n": 2}',0,1,4002,'sm2','{"max_interval": 36500}',15,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(9,4,'passed','review','code','fill',0,2,'{"n": 2}',0,1,4002,'sm2','{"max_interval": 36500}',15,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(10,5,'passed','review','choice','',0,3,'{"n": 3}',0,1,4003,'sm2','{"max_interval": 36500}',6,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(11,0,'wrong-answer','ahead','numeric','',0,3,'{"n": 3}',0,1,4003,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'off by one','{"message": "…"}');
INSERT INTO "review" VALUES(12,4,'passed','ahead','code','fill',0,3,'{"n": 3}',0,1,4003,'sm2','{"max_interval": 36500}',15,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(20,4,'passed','cram','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',NULL,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(26,4,'passed','ahead','choice','',0,0,'{}',0,1,NULL,'fsrs','{"max_interval": 36500, "parameters": "4be4200468c1", "retention": 0.9}',24,NULL,0.909425830620921,'','',NULL,'','{}');
INSERT INTO "review" VALUES(27,2,'wrong-answer','drill','choice','',0,0,'{}',0,1,NULL,'fsrs','{"max_interval": 36500, "parameters": "4be4200468c1", "retention": 0.9}',NULL,NULL,1.0,'','',NULL,'','{}');
INSERT INTO "review" VALUES(29,5,'passed','review','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',1,NULL,NULL,'','',NULL,'','{}');
CREATE INDEX absent_uid ON absent (uid);
CREATE INDEX card_seen ON card (last_day, first_day);
CREATE INDEX card_exam ON card (deck, exam_day) WHERE exam_day IS NOT NULL;
CREATE INDEX card_due ON card (deck, due_day, suspended, buried_until, interval_days);
CREATE INDEX card_choice ON card (deck, last_seq) WHERE scheduler != '';
CREATE INDEX compiled_name ON compiled (deck, question);
CREATE INDEX compiled_new ON compiled (introduced, hash, status, position);
CREATE INDEX act_card ON act (card_uid, seq);
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',29);
COMMIT;
