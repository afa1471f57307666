-- What was before: a dossier is kept whole (its row, its lines, its contact) each time something replaces it. The columns
-- of the data dictionary are added to dossier_avant and action_avant by store/migrate.py, as to dossier and action.
CREATE TABLE dossier_avant (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    ordre BIGINT NOT NULL,
    importation VARCHAR,                    -- the import that had written this state
    complements JSON,
    remplacee_par VARCHAR NOT NULL,         -- the operation that replaced it: an import, or the undoing of one
    remplacee_quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, remplacee_par)
);
CREATE TABLE action_avant (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    ligne INTEGER NOT NULL,
    complements JSON,
    remplacee_par VARCHAR NOT NULL,
    remplacee_quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, ligne, remplacee_par)
);
-- Personal data, like contact and the imported files: what purges them has these three tables to go through.
CREATE TABLE contact_avant (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    courriel_contact VARCHAR,
    remplacee_par VARCHAR NOT NULL,
    remplacee_quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, remplacee_par)
);
-- Each imported file once, under its fingerprint: a backup holds it, and replaying the files gives the same base.
CREATE TABLE fichier_importe (
    sha256 VARCHAR PRIMARY KEY,
    nom VARCHAR NOT NULL,
    contenu BLOB NOT NULL,
    quand TIMESTAMPTZ NOT NULL
);

-- The control totals after the import. Empty for the imports older than this table: nothing of what they replaced was
-- kept, so that they cannot be undone.
ALTER TABLE importation ADD COLUMN dossiers_apres BIGINT;
ALTER TABLE importation ADD COLUMN actions_apres BIGINT;
ALTER TABLE importation ADD COLUMN montant_demande_apres DECIMAL(18, 2);
ALTER TABLE importation ADD COLUMN empreinte_apres VARCHAR;
-- Empty while the import holds.
ALTER TABLE importation ADD COLUMN annulee_quand TIMESTAMPTZ;
ALTER TABLE importation ADD COLUMN annulee_par VARCHAR;
