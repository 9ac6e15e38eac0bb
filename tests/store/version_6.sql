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
INSERT INTO "act" VALUES(1,'019ca8a08ca076c1ac8923f1f167358a','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL,1772355620000);
INSERT INTO "act" VALUES(2,'019ca8a0dac07561a753dc0a6b9c83ab','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL,1772355640000);
INSERT INTO "act" VALUES(3,'019ca8a128e076c0900365a35f7fb4da','me','49a533100a40530c902df62907a203d3','review',1772355660000,0,20513,NULL,NULL,1772355660000);
INSERT INTO "act" VALUES(4,'019cd1d4570079e2843e4cd64c49a3bf','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046880000,0,20521,NULL,NULL,1773046880000);
INSERT INTO "act" VALUES(5,'019cd1d4a5207e459a85082155fac7e9','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046900000,0,20521,NULL,NULL,1773046900000);
INSERT INTO "act" VALUES(6,'019cd1d4f3407b93a0137297d5acdbe6','me','49a533100a40530c902df62907a203d3','review',1773046920000,0,20521,NULL,NULL,1773046920000);
INSERT INTO "act" VALUES(7,'019cfb08216079c08faa96849e032f1c','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738140000,0,20529,NULL,NULL,1773738140000);
INSERT INTO "act" VALUES(8,'019cfb086f807d3cafe866704b898ec7','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738160000,0,20529,NULL,NULL,1773738160000);
INSERT INTO "act" VALUES(9,'019cfb08bda0766fa517b40c8cbbdffe','me','49a533100a40530c902df62907a203d3','review',1773738180000,0,20529,NULL,NULL,1773738180000);
INSERT INTO "act" VALUES(10,'019d243bebc07e09a7119a95aa5aa68e','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429400000,0,20537,NULL,NULL,1774429400000);
INSERT INTO "act" VALUES(11,'019d243c39e074908b3e7566a3433310','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429420000,0,20537,NULL,NULL,1774429420000);
INSERT INTO "act" VALUES(12,'019d243c88007e819d174bc11ef4d16e','me','49a533100a40530c902df62907a203d3','review',1774429440000,0,20537,NULL,NULL,1774429440000);
INSERT INTO "act" VALUES(13,'019d4d6f68007fba96319722ffe9db82','me','49a533100a40530c902df62907a203d3','undo',1775120640000,0,20545,'019d243c88007e819d174bc11ef4d16e',NULL,1775120640000);
INSERT INTO "act" VALUES(14,'019d4d6f68007942853ddbb688b6e728','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120640000,0,20545,NULL,NULL,1775120640001);
INSERT INTO "act" VALUES(15,'019d4d6f6800726eaf9c73bfbd70af0d','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120640000,0,20545,'019d243bebc07e09a7119a95aa5aa68e','3',1775120640002);
INSERT INTO "act" VALUES(16,'019d4d6f68007dfca3728cae55740dd5','me','bd79b3ef9cd150fbbc53979719f523ce','bury',1775120640000,0,20545,NULL,'20546',1775120640003);
INSERT INTO "act" VALUES(17,'019d4d6f68007eceaafee36a10cb730c','me','a4b1291a5399520e88c50b2148ae0f08','suspend',1775120640000,0,20545,NULL,NULL,1775120640004);
INSERT INTO "act" VALUES(18,'019d4d6f68007588a1142b4547cf5c5e','me','3cd9dbd009755f29af46933a3bc5b76f','move-due',1775120640000,0,20545,NULL,'20554',1775120640005);
INSERT INTO "act" VALUES(19,'019d4d6f680071c7a5225c7bfc9272b6','me','49a533100a40530c902df62907a203d3','rename',1775120640000,0,20545,NULL,'b/new',1775120640006);
INSERT INTO "act" VALUES(20,'019d4d6fb620732dae57e02f43337243','me','c5cb666f1de7589db7babd255cf319f9','review',1775120660000,0,20545,NULL,NULL,1775120660000);
INSERT INTO "act" VALUES(21,'019d4d6fb6207002a2c61c75df411695','me','3cd9dbd009755f29af46933a3bc5b76f','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 019d4d6fb62076c49ab4f34fc65a30f9',1775120660001);
INSERT INTO "act" VALUES(22,'019d4d6fb6207f4ab5c6da9f6267b62d','me','bd79b3ef9cd150fbbc53979719f523ce','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 019d4d6fb62076c49ab4f34fc65a30f9',1775120660002);
INSERT INTO "act" VALUES(23,'019d4d6fb620776a9a64b8dddce60e47','me','3cd9dbd009755f29af46933a3bc5b76f','exam',1775120660000,0,20545,'019d4d6fb62070138309e462d1df912f','20585',1775120660003);
INSERT INTO "act" VALUES(24,'019d4d6fb62071c0b03d03387de98f7d','me','bd79b3ef9cd150fbbc53979719f523ce','move-due',1775120660000,0,20545,'019d4d6fb6207ec4b0348a5d6f8348ab','20548',1775120660004);
INSERT INTO "act" VALUES(25,'019d4d6fb62074ff97049a3a10468464','me','49a533100a40530c902df62907a203d3','move-due',1775120660000,0,20545,'019d4d6fb6207ec4b0348a5d6f8348ab','20549',1775120660005);
INSERT INTO "act" VALUES(26,'019d5ce318407191a288ca15e6ae822b','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379880000,0,20548,NULL,NULL,1775379880000);
INSERT INTO "act" VALUES(27,'019d5ce3666071169046ec3bdbb16bd5','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379900000,0,20548,NULL,NULL,1775379900000);
INSERT INTO "act" VALUES(28,'019d5ce36660742f954bcb63bad20124','me','49a533100a40530c902df62907a203d3','reset',1775379900000,0,20548,NULL,NULL,1775379900001);
INSERT INTO "act" VALUES(29,'019d5ce3b4807814b8797b85b7052a87','me','49a533100a40530c902df62907a203d3','review',1775379920000,0,20548,NULL,NULL,1775379920000);
CREATE TABLE article (
	id TEXT NOT NULL, 
	feed TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	link TEXT NOT NULL, 
	title TEXT NOT NULL, 
	published TEXT NOT NULL, 
	text TEXT NOT NULL, 
	losses TEXT NOT NULL, 
	fetched_ms INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
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
	times TEXT, 
	median_ms INTEGER, 
	last_seq INTEGER NOT NULL, 
	PRIMARY KEY (uid), 
	CONSTRAINT card_name UNIQUE (deck, question)
);
INSERT INTO "card" VALUES('3cd9dbd009755f29af46933a3bc5b76f','a','one','a/one',3,24,250,20572,20548,20513,5,6,1,3,4,0,1,NULL,'','','fsrs 4be4200468c1',6.80298789532458,9.42829677019615175481e+00,20585,'4003 4002 4001 4000',4001,27);
INSERT INTO "card" VALUES('bd79b3ef9cd150fbbc53979719f523ce','a','two','a/two',0,3,250,20548,20537,20513,4,4,1,0,0,0,0,20546,'','g','fsrs 4be4200468c1',2.78384198023078832662e+00,7.43433806996973611802e+00,NULL,'4003 4002 4001 4000',4001,24);
INSERT INTO "card" VALUES('49a533100a40530c902df62907a203d3','b','new','b/old',1,1,260,20549,20548,20548,1,4,0,1,5,0,0,NULL,'','','',NULL,NULL,NULL,'4002 4001 4000',4001,29);
INSERT INTO "card" VALUES('a4b1291a5399520e88c50b2148ae0f08','a','three','a/three',0,0,250,NULL,NULL,NULL,0,0,0,0,NULL,1,0,NULL,'','','',NULL,NULL,NULL,'',NULL,17);
INSERT INTO "card" VALUES('c5cb666f1de7589db7babd255cf319f9','b','old','b/old',0,0,250,NULL,NULL,NULL,0,0,0,0,NULL,0,0,NULL,'','','',NULL,NULL,NULL,'',NULL,20);
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
CREATE TABLE feed (
	url TEXT NOT NULL, 
	title TEXT NOT NULL, 
	link TEXT NOT NULL, 
	etag TEXT NOT NULL, 
	modified TEXT NOT NULL, 
	added_ms INTEGER NOT NULL, 
	pulled_ms INTEGER, 
	error TEXT NOT NULL, 
	removed INTEGER NOT NULL, 
	PRIMARY KEY (url)
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
INSERT INTO "meta" VALUES('schema','6');
INSERT INTO "meta" VALUES('rules','sm2 {"max_interval": 36500}');
CREATE TABLE model_reply (
	name TEXT NOT NULL, 
	model TEXT NOT NULL, 
	text TEXT NOT NULL, 
	tokens_in INTEGER NOT NULL, 
	tokens_out INTEGER NOT NULL, 
	at_ms INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
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
CREATE TABLE rejected_draft (
	name TEXT NOT NULL, 
	prompt TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	at_ms INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
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
CREATE INDEX article_link ON article (link);
CREATE INDEX article_feed ON article (feed, guid);
CREATE INDEX card_due ON card (deck, due_day, suspended, buried_until, interval_days);
CREATE INDEX card_exam ON card (deck, exam_day) WHERE exam_day IS NOT NULL;
CREATE INDEX card_choice ON card (deck, last_seq) WHERE scheduler != '';
CREATE INDEX card_seen ON card (last_day, first_day);
CREATE INDEX compiled_name ON compiled (deck, question);
CREATE INDEX compiled_new ON compiled (introduced, hash, status, position);
CREATE INDEX act_card ON act (card_uid, seq);
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',29);
COMMIT;
