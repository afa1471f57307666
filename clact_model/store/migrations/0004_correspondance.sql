-- What a person said of the titles and values of one source, for its next files.
CREATE TABLE correspondance (
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    source VARCHAR NOT NULL,         -- code of the kind of source
    contenu JSON NOT NULL,           -- colonnes: table → title → fields; valeurs: field → value → code
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, nom)
);
-- When the source wrote what the file holds: an older export is known by it.
ALTER TABLE importation ADD COLUMN extrait_le TIMESTAMPTZ;
ALTER TABLE importation ADD COLUMN correspondance VARCHAR;
