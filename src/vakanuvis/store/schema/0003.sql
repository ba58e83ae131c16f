-- The accounts that are pivots are filed apart from the others: most questions are about them, and they are few.
CREATE TABLE pivot_anchor (key BIGINT NOT NULL, account INTEGER NOT NULL);
INSERT INTO pivot_anchor
SELECT x.key, x.account FROM anchor x JOIN account a ON a.no = x.account WHERE a.happening = a.no ORDER BY x.key;
DELETE FROM anchor WHERE account IN (SELECT no FROM account WHERE happening = no);
