-- The dossier that an anomaly is about; empty where several are, or none is known.
ALTER TABLE anomalie ADD COLUMN numero VARCHAR;
