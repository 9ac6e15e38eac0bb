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
INSERT INTO "act" VALUES(1,'e6348340ee0947b7a73b17d6bbf16968','me','3cd9dbd009755f29af46933a3bc5b76f','review',1772355620000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(2,'0782c7ff8ed74acc86fef7627a6ceae6','me','bd79b3ef9cd150fbbc53979719f523ce','review',1772355640000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(3,'9578831b61264e589223cdea7d1544a1','me','49a533100a40530c902df62907a203d3','review',1772355660000,0,20513,NULL,NULL);
INSERT INTO "act" VALUES(4,'e78d233388324977b724a04ce12b8e8e','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773046880000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(5,'0d723ae8fb8940d2b5da61b976339ef6','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773046900000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(6,'4f676ae9eb7a422284fb51101f4ea8df','me','49a533100a40530c902df62907a203d3','review',1773046920000,0,20521,NULL,NULL);
INSERT INTO "act" VALUES(7,'4b8129731781406c9ea0a8740f39411c','me','3cd9dbd009755f29af46933a3bc5b76f','review',1773738140000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(8,'e5e6159bc0e04e7a8f1781a5577f52a3','me','bd79b3ef9cd150fbbc53979719f523ce','review',1773738160000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(9,'ec1afd7b33ea4f8c8ab9b22be5cd0be2','me','49a533100a40530c902df62907a203d3','review',1773738180000,0,20529,NULL,NULL);
INSERT INTO "act" VALUES(10,'50f8aa5ebeb34e1fa4660d03abc19361','me','3cd9dbd009755f29af46933a3bc5b76f','review',1774429400000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(11,'6202ef2349204b6ab27db6a5073ac2e6','me','bd79b3ef9cd150fbbc53979719f523ce','review',1774429420000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(12,'2a05b9da38e9488d8325fc7799ddc4ee','me','49a533100a40530c902df62907a203d3','review',1774429440000,0,20537,NULL,NULL);
INSERT INTO "act" VALUES(13,'82cd2de5442c43b39a6c72145647e117','me','49a533100a40530c902df62907a203d3','undo',1775120640000,0,20545,'2a05b9da38e9488d8325fc7799ddc4ee',NULL);
INSERT INTO "act" VALUES(14,'2bcde56b11e54582a496f7b88a06a4f4','me','3cd9dbd009755f29af46933a3bc5b76f','flag',1775120640000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(15,'4f8bdeee344b44a498752119fcc138ef','me','3cd9dbd009755f29af46933a3bc5b76f','overrule',1775120640000,0,20545,'50f8aa5ebeb34e1fa4660d03abc19361','3');
INSERT INTO "act" VALUES(16,'9ed980b12cd54e608c1391fe35243f7c','me','bd79b3ef9cd150fbbc53979719f523ce','bury',1775120640000,0,20545,NULL,'20546');
INSERT INTO "act" VALUES(17,'ceedfc7af25248d1912527d71d20e39d','me','a4b1291a5399520e88c50b2148ae0f08','suspend',1775120640000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(18,'3e4afd40596c4bb29acd5baf9a466964','me','3cd9dbd009755f29af46933a3bc5b76f','move-due',1775120640000,0,20545,NULL,'20554');
INSERT INTO "act" VALUES(19,'1d25efb01f774bea8c88d14d4c741a59','me','49a533100a40530c902df62907a203d3','rename',1775120640000,0,20545,NULL,'b/new');
INSERT INTO "act" VALUES(20,'6b0cc81b9274463090eb52bf7ecc53d4','me','c5cb666f1de7589db7babd255cf319f9','review',1775120660000,0,20545,NULL,NULL);
INSERT INTO "act" VALUES(21,'07df5dd0cd1244948f94a61c037ee407','me','3cd9dbd009755f29af46933a3bc5b76f','scheduler',1775120660000,0,20545,NULL,'fsrs 286297301c21 753ad0d1d8cd40f5b2b656a22d198cb4');
INSERT INTO "act" VALUES(22,'2a884fc45e2e4b84a66a9502d86298f2','me','bd79b3ef9cd150fbbc53979719f523ce','scheduler',1775120660000,0,20545,NULL,'fsrs 286297301c21 753ad0d1d8cd40f5b2b656a22d198cb4');
INSERT INTO "act" VALUES(23,'3022d46a9ab64bdfaaeb7cd90a6f12af','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379880000,0,20548,NULL,NULL);
INSERT INTO "act" VALUES(24,'d65c05d20f14471b9b5209f5821490c3','me','3cd9dbd009755f29af46933a3bc5b76f','review',1775379900000,0,20548,NULL,NULL);
INSERT INTO "act" VALUES(25,'5123c5e3125a4f18b6205f691d017129','me','49a533100a40530c902df62907a203d3','reset',1775379900000,0,20548,NULL,NULL);
INSERT INTO "act" VALUES(26,'052f98da6eaf4025b3f3d7fe9085e5af','me','49a533100a40530c902df62907a203d3','review',1775379920000,0,20548,NULL,NULL);
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
	median_ms INTEGER, 
	last_seq INTEGER NOT NULL, 
	PRIMARY KEY (uid), 
	CONSTRAINT card_name UNIQUE (deck, question)
);
INSERT INTO "card" VALUES('3cd9dbd009755f29af46933a3bc5b76f','a','one','a/one',3,23,250,20571,20548,20513,5,6,1,3,4,0,1,NULL,'','','fsrs 286297301c21',6.72956684396694537753e+00,9.40491470496488446428e+00,4001,24);
INSERT INTO "card" VALUES('bd79b3ef9cd150fbbc53979719f523ce','a','two','a/two',0,3,250,20540,20537,20513,4,4,1,0,0,0,0,20546,'','g','fsrs 286297301c21',2.68298991573017575618e+00,7.38997578801460885955e+00,4101,22);
INSERT INTO "card" VALUES('49a533100a40530c902df62907a203d3','b','new','b/old',1,1,260,20549,20548,20548,1,4,0,1,5,0,0,NULL,'','','',NULL,NULL,4201,26);
INSERT INTO "card" VALUES('a4b1291a5399520e88c50b2148ae0f08','a','three','a/three',0,0,250,NULL,NULL,NULL,0,0,0,0,NULL,1,0,NULL,'','','',NULL,NULL,NULL,17);
INSERT INTO "card" VALUES('c5cb666f1de7589db7babd255cf319f9','b','old','b/old',0,0,250,NULL,NULL,NULL,0,0,0,0,NULL,0,0,NULL,'','','',NULL,NULL,NULL,20);
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
INSERT INTO "meta" VALUES('schema','2');
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
INSERT INTO "parameter_set" VALUES('286297301c21','fsrs','[0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542]','{"scored": 12}',1775120660000);
CREATE TABLE response (
	seq INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES review (seq)
);
INSERT INTO "response" VALUES(2,'answer a/two 0 学习');
INSERT INTO "response" VALUES(3,'answer b/old 0 学习');
INSERT INTO "response" VALUES(5,'answer a/two 1 学习');
INSERT INTO "response" VALUES(6,'answer b/old 1 学习');
INSERT INTO "response" VALUES(8,'answer a/two 2 学习');
INSERT INTO "response" VALUES(9,'answer b/old 2 学习');
INSERT INTO "response" VALUES(11,'answer a/two 3 学习');
INSERT INTO "response" VALUES(12,'answer b/old 3 学习');
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
INSERT INTO "review" VALUES(2,4,'passed','review','numeric','',0,1,'{"n": 0}',0,1,4100,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(3,3,'passed','review','code','fill',0,2,'{"n": 0}',0,1,4200,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(4,1,'wrong-answer','review','choice','',0,7,'{"n": 1}',0,1,4001,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'off by one','{"message": "…"}');
INSERT INTO "review" VALUES(5,4,'passed','review','numeric','',0,8,'{"n": 1}',0,1,4101,'sm2','{"max_interval": 36500}',6,NULL,NULL,'p','g',0.5,'off by one','{"message": "…"}');
INSERT INTO "review" VALUES(6,5,'passed','review','code','fill',0,9,'{"n": 1}',0,1,4201,'sm2','{"max_interval": 36500}',6,NULL,NULL,'p','g',0.5,'off by one','{"message": "…"}');
INSERT INTO "review" VALUES(7,4,'passed','review','choice','',0,14,'{"n": 2}',0,1,4002,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(8,4,'passed','review','numeric','',0,15,'{"n": 2}',0,1,4102,'sm2','{"max_interval": 36500}',15,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(9,4,'passed','review','code','fill',0,16,'{"n": 2}',0,1,4202,'sm2','{"max_interval": 36500}',15,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(10,5,'passed','review','choice','',0,21,'{"n": 3}',0,1,4003,'sm2','{"max_interval": 36500}',6,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(11,0,'wrong-answer','ahead','numeric','',0,22,'{"n": 3}',0,1,4103,'sm2','{"max_interval": 36500}',1,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(12,4,'passed','ahead','code','fill',0,23,'{"n": 3}',0,1,4203,'sm2','{"max_interval": 36500}',15,NULL,NULL,'p','g',0.5,'','{"message": "…"}');
INSERT INTO "review" VALUES(20,4,'passed','cram','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',NULL,NULL,NULL,'','',NULL,'','{}');
INSERT INTO "review" VALUES(23,4,'passed','ahead','choice','',0,0,'{}',0,1,NULL,'fsrs','{"max_interval": 36500, "parameters": "286297301c21", "retention": 0.9}',23,NULL,9.07214890731548706526e-01,'','',NULL,'','{}');
INSERT INTO "review" VALUES(24,2,'wrong-answer','drill','choice','',0,0,'{}',0,1,NULL,'fsrs','{"max_interval": 36500, "parameters": "286297301c21", "retention": 0.9}',NULL,NULL,1.0,'','',NULL,'','{}');
INSERT INTO "review" VALUES(26,5,'passed','review','choice','',0,0,'{}',0,1,NULL,'sm2','{"max_interval": 36500}',1,NULL,NULL,'','',NULL,'','{}');
CREATE INDEX absent_uid ON absent (uid);
CREATE INDEX card_first ON card (first_day);
CREATE INDEX card_due ON card (deck, due_day, suspended, buried_until);
CREATE INDEX card_choice ON card (deck, last_seq) WHERE scheduler != '';
CREATE INDEX compiled_new ON compiled (introduced, hash, status, position);
CREATE INDEX compiled_name ON compiled (deck, question);
CREATE INDEX act_target ON act (target, type) WHERE target IS NOT NULL;
CREATE INDEX act_card ON act (card_uid, seq);
CREATE INDEX act_learner ON act (learner, seq);
CREATE INDEX review_question_kind ON review (question_kind, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('act',26);
COMMIT;
