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
INSERT INTO "act" VALUES(1,'e0ce989f2b9047c8b91aa8f3032a43a8','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL,1772355620000);
INSERT INTO "act" VALUES(2,'c50e07d41cd3449fab99fc196abf0589','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL,1772355640000);
INSERT INTO "act" VALUES(3,'765650474c494d63b2be6873a5e7e46e','me','49a533100a40530c902df62907a203d3','review',1772355660000,0,20513,NULL,NULL,1772355660000);
INSERT INTO "act" VALUES(4,'ec118f096c9044e984ad9e022879153e','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046880000,0,20521,NULL,NULL,1773046880000);
INSERT INTO "act" VALUES(5,'c80229da178541679753cd7c3fb8928d','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046900000,0,20521,NULL,NULL,1773046900000);
INSERT INTO "act" VALUES(6,'f29f4aed392e472981532338ab90ed99','me','49a533100a40530c902df62907a203d3','review',1773046920000,0,20521,NULL,NULL,1773046920000);
INSERT INTO "act" VALUES(7,'40837e7620464398abefcc448c248526','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738140000,0,20529,NULL,NULL,1773738140000);
INSERT INTO "act" VALUES(8,'eac50076a76140029df42db86fbaaa31','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738160000,0,20529,NULL,NULL,1773738160000);
INSERT INTO "act" VALUES(9,'180879220dfe4763b8f226ab8aee5beb','me','49a533100a40530c902df62907a203d3','review',1773738180000,0,20529,NULL,NULL,1773738180000);
INSERT INTO "act" VALUES(10,'dd6be7fdc036425ca461e8f18a937fc9','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429400000,0,20537,NULL,NULL,1774429400000);
INSERT INTO "act" VALUES(11,'32353f39b105403e8d47a0ec0da15041','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429420000,0,20537,NULL,NULL,1774429420000);
INSERT INTO "act" VALUES(12,'04c2c9cb381447f3975623224a2e4cae','me','49a533100a40530c902df62907a203d3','review',1774429440000,0,20537,NULL,NULL,1774429440000);
INSERT INTO "act" VALUES(13,'b44ba1aa570d49998ce89179ee4b263b','me','49a533100a40530c902df62907a203d3','undo',1775120640000,0,20545,'04c2c9cb381447f3975623224a2e4cae',NULL,1775120640000);
INSERT INTO "act" VALUES(14,'6d95df182ebf443792e91d6269e601b0','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120640000,0,20545,NULL,NULL,1775120640001);
INSERT INTO "act" VALUES(15,'896ddfefaa7148978bc3aa9e73d2b584','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120640000,0,20545,'dd6be7fdc036425ca461e8f18a937fc9','3',1775120640002);
INSERT INTO "act" VALUES(16,'851493469fff4867bd184cc0186244b3','me','bd79b3ef9cd150fbbc53979719f523ce','bury',1775120640000,0,20545,NULL,'20546',1775120640003);
INSERT INTO "act" VALUES(17,'3a8d6b7a54304364822d19f94682a576','me','a4b1291a5399520e88c50b2148ae0f08','suspend',1775120640000,0,20545,NULL,NULL,1775120640004);
INSERT INTO "act" VALUES(18,'b9223a45397846d48609ce7179d158ea','me','3cd9dbd009755f29af46933a3bc5b76f','move-due',1775120640000,0,20545,NULL,'20554',1775120640005);
INSERT INTO "act" VALUES(19,'0bd7416f2ef848a49e7df1392d51c0a0','me','49a533100a40530c902df62907a203d3','rename',1775120640000,0,20545,NULL,'b/new',1775120640006);
INSERT INTO "act" VALUES(20,'77532600efff4361aa56000df58671bf','me','c5cb666f1de7589db7babd255cf319f9','review',1775120660000,0,20545,NULL,NULL,1775120660000);
INSERT INTO "act" VALUES(21,'8dd3c2f77d6245f6aa81b97d344456ac','me','3cd9dbd009755f29af46933a3bc5b76f','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 f26a966db22546798c0fc8f836495f82',1775120660001);
INSERT INTO "act" VALUES(22,'350f151f8b5b47bc87b221f36141ebdc','me','bd79b3ef9cd150fbbc53979719f523ce','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 f26a966db22546798c0fc8f836495f82',1775120660002);
INSERT INTO "act" VALUES(23,'41d55a120f2b4fd3b2a16391a998fc47','me','3cd9dbd009755f29af46933a3bc5b76f','exam',1775120660000,0,20545,'a9649a94bcb24cc1aba2e1d42be4e76a','20585',1775120660003);
INSERT INTO "act" VALUES(24,'9c540c26cd8f41ef870a334433937a15','me','bd79b3ef9cd150fbbc53979719f523ce','move-due',1775120660000,0,20545,'8dedb4554b7b47b384fbf8d4ddbfcf71','20548',1775120660004);
INSERT INTO "act" VALUES(25,'d6a1445079574e7a9d506b16044d186a','me','49a533100a40530c902df62907a203d3','move-due',1775120660000,0,20545,'8dedb4554b7b47b384fbf8d4ddbfcf71','20549',1775120660005);
INSERT INTO "act" VALUES(26,'667787827c944be1ae867157be103764','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379880000,0,20548,NULL,NULL,1775379880000);
INSERT INTO "act" VALUES(27,'419098c732b04ef2a57a719c9b83c45f','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379900000,0,20548,NULL,NULL,1775379900000);
INSERT INTO "act" VALUES(28,'2d8230afae07442f8c21b6a8c30c8027','me','49a533100a40530c902df62907a203d3','reset',1775379900000,0,20548,NULL,NULL,1775379900001);
INSERT INTO "act" VALUES(29,'837575048f2446f6b3a6d4cead49f009','me','49a533100a40530c902df62907a203d3','review',1775379920000,0,20548,NULL,NULL,1775379920000);
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
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',29);
COMMIT;
