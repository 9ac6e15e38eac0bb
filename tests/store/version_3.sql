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
INSERT INTO "act" VALUES(1,'78e4d6d56ac2438c9591867caba2b816','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(2,'ed1ea6a90acc4b489949995798dfe24e','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(3,'cc492094c75f4e7f8f993f97fce7aaa5','me','49a533100a40530c902df62907a203d3','review',1772355660000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(4,'7f3d9b4c38de445d81faf4c22fbd0d2c','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046880000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(5,'d5cf544d382641ee9b5a4835eba0e9de','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046900000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(6,'26f2c2c507d64befbf0c0d61685fe005','me','49a533100a40530c902df62907a203d3','review',1773046920000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(7,'636322f2f77d46b082aa0a7e6260ce8f','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738140000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(8,'84b178179bf34fea9ed49ee253aa6bff','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738160000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(9,'06f10b4dc2624583a6e00c39431a1b55','me','49a533100a40530c902df62907a203d3','review',1773738180000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(10,'e490797437ee4b939e6249b95d9f325e','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429400000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(11,'d8842397be9841c6b84d4a68fc9846ac','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429420000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(12,'f4e29363c7c944549449356b47cf0652','me','49a533100a40530c902df62907a203d3','review',1774429440000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(13,'7f8c71e462ed45ac96926af70ad4305f','me','49a533100a40530c902df62907a203d3','undo',1775120640000,0,20545,'f4e29363c7c944549449356b47cf0652',NULL);
INSERT INTO "act" VALUES(14,'b7cd7f06f74f4dd8ab0f6763fa1edb92','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120640000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(15,'93d5757b5611412b96897a2864a35fae','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120640000,0,20545,'e490797437ee4b939e6249b95d9f325e','3');
INSERT INTO "act" VALUES(16,'e72acc60b37045388109a88a6f9f9d91','me','bd79b3ef9cd150fbbc53979719f523ce','bury',1775120640000,0,20545,NULL,'20546');
INSERT INTO "act" VALUES(17,'1fc42c4e506d4fdb818c4b8f226124f0','me','a4b1291a5399520e88c50b2148ae0f08','suspend',1775120640000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(18,'c3fe7db2544b46c694a25c7bc1c3aee9','me','3cd9dbd009755f29af46933a3bc5b76f','move-due',1775120640000,0,20545,NULL,'20554');
INSERT INTO "act" VALUES(19,'8ba29dae1ad44d7396f84d812cbffb2f','me','49a533100a40530c902df62907a203d3','rename',1775120640000,0,20545,NULL,'b/new');
INSERT INTO "act" VALUES(20,'bdf9f79af2834ef1960b8ce259fbe74c','me','c5cb666f1de7589db7babd255cf319f9','review',1775120660000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(21,'ebf4cf6df4f94adabacfd5f7af69c080','me','3cd9dbd009755f29af46933a3bc5b76f','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 1538a877e25349c8a2c6eeb604f7ad98');
INSERT INTO "act" VALUES(22,'df516d7fe01f4be68999db4371fb0a68','me','bd79b3ef9cd150fbbc53979719f523ce','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 1538a877e25349c8a2c6eeb604f7ad98');
INSERT INTO "act" VALUES(23,'4c8af6cce99343c798d77eefa09b5d37','me','3cd9dbd009755f29af46933a3bc5b76f','exam',1775120660000,0,20545,'0a491f5609844b7dbe9e15e889ae6566','20585');
INSERT INTO "act" VALUES(24,'335b437c28f744978ea375923f97aa80','me','bd79b3ef9cd150fbbc53979719f523ce','move-due',1775120660000,0,20545,'9ebcf0c73e484612aff8886c20ded164','20548');
INSERT INTO "act" VALUES(25,'e1c7c8f8a07e4e33a479a1d54a761f58','me','49a533100a40530c902df62907a203d3','move-due',1775120660000,0,20545,'9ebcf0c73e484612aff8886c20ded164','20549');
INSERT INTO "act" VALUES(26,'1bc347a3746d4592a804e11598efdaba','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379880000,0,20548,NULL,NULL);
INSERT INTO "act" VALUES(27,'c5a654cb59d943d4a9e87a7ff91ab5eb','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379900000,0,20548,NULL,NULL);
INSERT INTO "act" VALUES(28,'96d3ec78ed304a4687b65219ca2fd775','me','49a533100a40530c902df62907a203d3','reset',1775379900000,0,20548,NULL,NULL);
INSERT INTO "act" VALUES(29,'74947ce7889e43bf86316c901f917a17','me','49a533100a40530c902df62907a203d3','review',1775379920000,0,20548,NULL,NULL);
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
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','3');
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
	FOREIGN KEY(seq) REFERENCES review (seq)
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
	FOREIGN KEY(seq) REFERENCES act (seq)
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
CREATE INDEX compiled_new ON compiled (introduced, hash, status, position);
CREATE INDEX compiled_name ON compiled (deck, question);
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX act_card ON act (card_uid, seq);
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',29);
COMMIT;
