-- What the national registers say of establishments: which files were loaded, and what each number is.
CREATE TABLE reference (
    sha256 VARCHAR PRIMARY KEY,
    nom VARCHAR NOT NULL,            -- name of the file as shown
    nature VARCHAR NOT NULL,         -- finess_etalab, finess_ans, finess_leger, ght
    famille VARCHAR NOT NULL,        -- finess, ght: dates are compared within a family
    extrait_le DATE,                 -- empty when the file does not say it
    etablissements BIGINT NOT NULL,
    entites BIGINT NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL
);
CREATE TABLE etablissement (
    finess VARCHAR PRIMARY KEY,      -- number of the site (ET)
    finess_juridique VARCHAR,        -- its legal entity (EJ)
    raison_sociale VARCHAR,
    siret VARCHAR,
    departement VARCHAR,             -- code of INSEE (971, not 9A)
    commune VARCHAR,
    statut VARCHAR,                  -- codes of the data dictionary; empty when the register does not settle it
    secteur VARCHAR,
    ouvert BOOLEAN,                  -- empty: the old register does not say it
    ferme_le DATE,
    reference VARCHAR NOT NULL       -- the file that wrote it last
);
CREATE TABLE entite_juridique (
    finess VARCHAR PRIMARY KEY,
    raison_sociale VARCHAR,
    siren VARCHAR,
    statut VARCHAR,
    ouvert BOOLEAN,
    ght VARCHAR,                     -- members of a GHT are legal entities
    reference VARCHAR NOT NULL
);
-- Values that a person took from the register because the file left the cell empty. They go before an empty cell of a
-- later file, as long as it is about the same establishment.
CREATE TABLE completion (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    champ VARCHAR NOT NULL,
    valeur VARCHAR NOT NULL,
    finess VARCHAR,                  -- the establishment that it is true of
    siret VARCHAR,
    finess_juridique VARCHAR,
    source VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, champ)
);
