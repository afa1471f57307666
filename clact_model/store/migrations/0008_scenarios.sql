-- The text of a programme under which something was kept, once under its fingerprint: with it, what was kept can be run again.
CREATE TABLE programme_texte (
    empreinte VARCHAR PRIMARY KEY,   -- SHA-256 of the text
    programme VARCHAR NOT NULL,
    texte VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL
);
-- Empty for the scenarios older than this table, as is every column added below: unknown.
ALTER TABLE scenario ADD COLUMN empreinte_programme VARCHAR;
ALTER TABLE scenario ADD COLUMN prouve BOOLEAN;
ALTER TABLE scenario ADD COLUMN taux DECIMAL(13, 12);                  -- the common rate solved, 0..1
-- Empty while the scenario may be changed.
ALTER TABLE scenario ADD COLUMN verrouille_par VARCHAR;
ALTER TABLE scenario ADD COLUMN verrouille_le TIMESTAMPTZ;
ALTER TABLE scenario ADD COLUMN verrouille_motif VARCHAR;

-- What the lines and their dossiers were on the day of the scenario: the dossiers may say otherwise since.
ALTER TABLE scenario_ligne ADD COLUMN raison_sociale VARCHAR;
ALTER TABLE scenario_ligne ADD COLUMN supplement DECIMAL(14, 2);       -- from the second envelope, on top
ALTER TABLE scenario_ligne ADD COLUMN groupes MAP(VARCHAR, VARCHAR);   -- secteur, statut, departement, axe… → code
CREATE TABLE scenario_dossier (
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    etablissement VARCHAR,           -- FINESS, else SIRET
    effectif_total BIGINT,
    clact_anterieur VARCHAR,
    parts STRUCT(ligne INTEGER, axe VARCHAR, enjeu_has VARCHAR, aide DECIMAL(14, 2))[] NOT NULL,  -- lines that count in its aid
    PRIMARY KEY (programme, nom, numero)
);
-- What people wrote about a scenario: added to, never changed.
CREATE TABLE scenario_note (
    id VARCHAR PRIMARY KEY,          -- the operation that wrote it
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    texte VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL
);
