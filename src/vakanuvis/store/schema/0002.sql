-- Everything that is found by a name, filed under the name's number: reports by their key and their MinHash bands,
-- actors and places by their key. A number alone does not say what it is of; who asks knows what he asked for.
CREATE TABLE mark (hash BIGINT NOT NULL, no INTEGER NOT NULL);
DROP TABLE band;
-- The beginning of the report's key: events of one day come in the same order in every store.
ALTER TABLE event ADD COLUMN tie TEXT;
-- Whether the event names the same party in another role as well: events are counted once.
ALTER TABLE event_party ADD COLUMN again BOOLEAN;
-- What is filed in here was made by the matching of the first version.
INSERT INTO meta VALUES ('matching', '1');
