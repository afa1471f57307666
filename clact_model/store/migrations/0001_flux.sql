-- The tables of the flow. The columns of the data dictionary are added to dossier and action by store/migrate.py:
-- the dictionary is their one source.
CREATE TABLE etat (
    ecritures BIGINT NOT NULL,       -- every write
    version BIGINT NOT NULL          -- every write that a verdict, a score or a list may depend on
);
INSERT INTO etat VALUES (0, 0);

CREATE SEQUENCE journal_id;
CREATE TABLE journal (
    id BIGINT PRIMARY KEY DEFAULT nextval('journal_id'),
    operation VARCHAR NOT NULL,      -- same for all the lines of one operation
    quand TIMESTAMPTZ NOT NULL,
    auteur VARCHAR NOT NULL,
    nature VARCHAR NOT NULL,         -- importer, deroger, noter…
    programme VARCHAR,
    numero VARCHAR,
    ligne INTEGER,
    champ VARCHAR,                   -- empty on the line of the operation itself
    avant VARCHAR,
    apres VARCHAR,
    detail VARCHAR
);

CREATE TABLE importation (
    id VARCHAR PRIMARY KEY,          -- the operation that wrote it
    programme VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    auteur VARCHAR NOT NULL,
    fichiers VARCHAR NOT NULL,       -- names as shown, one a line
    empreintes VARCHAR NOT NULL,     -- SHA-256 of each file, one a line
    source VARCHAR NOT NULL,
    resultat VARCHAR NOT NULL,
    nouveaux INTEGER NOT NULL,
    modifies INTEGER NOT NULL,
    inchanges INTEGER NOT NULL,
    disparus INTEGER NOT NULL,
    rejetes INTEGER NOT NULL
);
CREATE TABLE anomalie (
    importation VARCHAR NOT NULL,
    ordre INTEGER NOT NULL,
    fichier VARCHAR, feuille VARCHAR, ligne INTEGER, colonne VARCHAR, valeur VARCHAR,
    gravite VARCHAR NOT NULL, message VARCHAR NOT NULL
);

CREATE TABLE dossier (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    ordre BIGINT NOT NULL,           -- order of the file
    importation VARCHAR,             -- the import that wrote it last
    complements JSON,                -- the fields that the programme declares
    PRIMARY KEY (programme, numero)
);
CREATE TABLE action (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    ligne INTEGER NOT NULL,          -- 1..n in the order of the file: the key of a line
    complements JSON,
    PRIMARY KEY (programme, numero, ligne)
);
-- Personal data: in this table only.
CREATE TABLE contact (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    courriel_contact VARCHAR,
    PRIMARY KEY (programme, numero)
);
-- What was counted when dossier and action were last written: compared with the tables at start.
CREATE TABLE controle (
    programme VARCHAR PRIMARY KEY,
    dossiers BIGINT NOT NULL,
    actions BIGINT NOT NULL,
    montant_demande DECIMAL(18, 2) NOT NULL,
    empreinte VARCHAR NOT NULL
);

-- Grades given by an instructor: they go before what the file says and survive a re-import.
CREATE TABLE appreciation (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    champ VARCHAR NOT NULL,
    valeur DECIMAL(4, 2) NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, champ)
);
CREATE TABLE derogation (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    ligne INTEGER NOT NULL,          -- 0: the dossier itself
    verdict VARCHAR NOT NULL,
    verdict_calcule VARCHAR NOT NULL,
    motif VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    champs_lus VARCHAR[] NOT NULL,   -- fields that the overruled rules read
    a_confirmer BOOLEAN NOT NULL,    -- one of them changed since
    PRIMARY KEY (programme, numero, ligne)
);
CREATE TABLE grille (
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    poids JSON NOT NULL,             -- criterion → weight, as text
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, nom)
);
CREATE TABLE scenario (
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    reglages JSON NOT NULL,
    enveloppe DECIMAL(14, 2) NOT NULL,
    reserve DECIMAL(14, 2) NOT NULL,
    accorde DECIMAL(14, 2) NOT NULL,
    aujourdhui DATE NOT NULL,
    version_programme VARCHAR NOT NULL,
    version_donnees BIGINT NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, nom)
);
CREATE TABLE scenario_ligne (
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    ordre INTEGER NOT NULL,
    numero VARCHAR NOT NULL,
    ligne INTEGER,                   -- empty when the scenario is by dossier
    rang INTEGER,
    position INTEGER,
    score DECIMAL(9, 4),
    agents BIGINT,
    demande DECIMAL(14, 2) NOT NULL,
    aide_maximale DECIMAL(14, 2),
    accorde DECIMAL(14, 2) NOT NULL,
    statut VARCHAR NOT NULL,
    conditionnel BOOLEAN NOT NULL,
    raison VARCHAR NOT NULL,
    PRIMARY KEY (programme, nom, ordre)
);
