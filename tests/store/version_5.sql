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
INSERT INTO "act" VALUES(1,'c1c3f6a1220643948f294fb06b1cbd3d','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL,1772355620000);
INSERT INTO "act" VALUES(2,'4f0c7adb611a4b43a5a2a3bfdc97eba2','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL,1772355640000);
INSERT INTO "act" VALUES(3,'e454dd0351c749cd90a9fd9696f33a3d','me','49a533100a40530c902df62907a203d3','review',1772355660000,0,20513,NULL,NULL,1772355660000);
INSERT INTO "act" VALUES(4,'52d1545f615c4f3fa112c68c72da2fc3','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046880000,0,20521,NULL,NULL,1773046880000);
INSERT INTO "act" VALUES(5,'3526037e011444c7b720b18543a94d7e','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046900000,0,20521,NULL,NULL,1773046900000);
INSERT INTO "act" VALUES(6,'9d11f9b699964346b03f21d18a388d16','me','49a533100a40530c902df62907a203d3','review',1773046920000,0,20521,NULL,NULL,1773046920000);
INSERT INTO "act" VALUES(7,'1e04c689145a477fa0ea1465eeb5583d','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738140000,0,20529,NULL,NULL,1773738140000);
INSERT INTO "act" VALUES(8,'47e3c60e5c6d414596ddd95dcaf4b73a','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738160000,0,20529,NULL,NULL,1773738160000);
INSERT INTO "act" VALUES(9,'f39c16f824674b229e2c4cbf522dea86','me','49a533100a40530c902df62907a203d3','review',1773738180000,0,20529,NULL,NULL,1773738180000);
INSERT INTO "act" VALUES(10,'81ff707981574d609351a76dd6954948','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429400000,0,20537,NULL,NULL,1774429400000);
INSERT INTO "act" VALUES(11,'7cbb0ed9ee0348ab98f0b65422497e32','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429420000,0,20537,NULL,NULL,1774429420000);
INSERT INTO "act" VALUES(12,'651924e91c9040a69cffeb2b370a7aea','me','49a533100a40530c902df62907a203d3','review',1774429440000,0,20537,NULL,NULL,1774429440000);
INSERT INTO "act" VALUES(13,'a4fd86a6a8f8446a84303e98f2f27bee','me','49a533100a40530c902df62907a203d3','undo',1775120640000,0,20545,'651924e91c9040a69cffeb2b370a7aea',NULL,1775120640000);
INSERT INTO "act" VALUES(14,'7d91a03cdf254cdd8f91ff5509d0d033','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120640000,0,20545,NULL,NULL,1775120640001);
INSERT INTO "act" VALUES(15,'947cb057bc7d4d48ba8044e03eb70f4f','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120640000,0,20545,'81ff707981574d609351a76dd6954948','3',1775120640002);
INSERT INTO "act" VALUES(16,'af556a3910174d1cbc9ffcb91a42f5b1','me','bd79b3ef9cd150fbbc53979719f523ce','bury',1775120640000,0,20545,NULL,'20546',1775120640003);
INSERT INTO "act" VALUES(17,'b602c5ebfbd14669a1b63e8b7665b479','me','a4b1291a5399520e88c50b2148ae0f08','suspend',1775120640000,0,20545,NULL,NULL,1775120640004);
INSERT INTO "act" VALUES(18,'1a97ef4a973e4aa08bcab910c089036f','me','3cd9dbd009755f29af46933a3bc5b76f','move-due',1775120640000,0,20545,NULL,'20554',1775120640005);
INSERT INTO "act" VALUES(19,'9753e717900b45dcbd9feacd37157bbd','me','49a533100a40530c902df62907a203d3','rename',1775120640000,0,20545,NULL,'b/new',1775120640006);
INSERT INTO "act" VALUES(20,'7dde07ba486a442da158f0f6bb42a04f','me','c5cb666f1de7589db7babd255cf319f9','review',1775120660000,0,20545,NULL,NULL,1775120660000);
INSERT INTO "act" VALUES(21,'8690fd054bbf4644add74a59dddf5da2','me','3cd9dbd009755f29af46933a3bc5b76f','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 a816911bca4a41c3877fdf5871e12bbb',1775120660001);
INSERT INTO "act" VALUES(22,'6366eb9e172449ba929ba6f342247461','me','bd79b3ef9cd150fbbc53979719f523ce','scheduler',1775120660000,0,20545,NULL,'fsrs 4be4200468c1 a816911bca4a41c3877fdf5871e12bbb',1775120660002);
INSERT INTO "act" VALUES(23,'fa4467c1131f4d22ad013681966d919f','me','3cd9dbd009755f29af46933a3bc5b76f','exam',1775120660000,0,20545,'59844e5b9d7b48febc52c9d584d40165','20585',1775120660003);
INSERT INTO "act" VALUES(24,'96e9e13779e94a448d418067594680ae','me','bd79b3ef9cd150fbbc53979719f523ce','move-due',1775120660000,0,20545,'0bdf9493608443b69f110ac1870ed400','20548',1775120660004);
INSERT INTO "act" VALUES(25,'9c74da214b724d2cb56a5c6a5a1abfba','me','49a533100a40530c902df62907a203d3','move-due',1775120660000,0,20545,'0bdf9493608443b69f110ac1870ed400','20549',1775120660005);
INSERT INTO "act" VALUES(26,'e55dff22ff8f41de8aeec44394ae1988','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379880000,0,20548,NULL,NULL,1775379880000);
INSERT INTO "act" VALUES(27,'9cc409f366bb48689da0e2a35ff864da','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379900000,0,20548,NULL,NULL,1775379900000);
INSERT INTO "act" VALUES(28,'09710bb2187b4ba0b6939ab387acc1f6','me','49a533100a40530c902df62907a203d3','reset',1775379900000,0,20548,NULL,NULL,1775379900001);
INSERT INTO "act" VALUES(29,'f5a0a718350c4401a7db2e2414600e82','me','49a533100a40530c902df62907a203d3','review',1775379920000,0,20548,NULL,NULL,1775379920000);
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
INSERT INTO "meta" VALUES('schema','5');
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
CREATE INDEX card_choice ON card (deck, last_seq) WHERE scheduler != '';
CREATE INDEX card_seen ON card (last_day, first_day);
CREATE INDEX card_exam ON card (deck, exam_day) WHERE exam_day IS NOT NULL;
CREATE INDEX compiled_name ON compiled (deck, question);
CREATE INDEX compiled_new ON compiled (introduced, hash, status, position);
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX act_card ON act (card_uid, seq);
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',29);
COMMIT;
