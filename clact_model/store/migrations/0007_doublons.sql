-- A dossier that a person sets aside: kept and shown, not judged.
CREATE TABLE mise_de_cote (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    motif VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero)
);
-- What a person said of two dossiers that look like one; premier comes before second in the order of the text.
CREATE TABLE doublon (
    programme VARCHAR NOT NULL,
    premier VARCHAR NOT NULL,
    second VARCHAR NOT NULL,
    decision VARCHAR NOT NULL,       -- distincts, doublon
    ecarte VARCHAR,                  -- the one set aside, of a doublon
    motif VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, premier, second)
);
