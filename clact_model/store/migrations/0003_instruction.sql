-- What instructors keep beside the verdicts: remarks, who is in charge, pieces asked for; and saved views of the list.
CREATE TABLE remarque (
    id VARCHAR PRIMARY KEY,          -- the operation that wrote it
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    texte VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    corrige VARCHAR,                 -- the remark that this one corrects
    retiree_par VARCHAR,
    retiree_le TIMESTAMPTZ
);
CREATE TABLE affectation (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    instructeur VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero)
);
CREATE TABLE demande_piece (
    id VARCHAR PRIMARY KEY,          -- the operation that asked, and the place in it
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    piece VARCHAR,                   -- the field of the programme's piece; empty for a free text
    ligne INTEGER,                   -- the line that it is for; empty for the dossier
    libelle VARCHAR NOT NULL,
    echeance DATE NOT NULL,
    etat VARCHAR NOT NULL,           -- demandee, recue, annulee; late is a demandee whose day is past
    demandee_par VARCHAR NOT NULL,
    demandee_le TIMESTAMPTZ NOT NULL,
    close_par VARCHAR,
    close_le TIMESTAMPTZ
);
CREATE TABLE vue (
    programme VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    filtres JSON NOT NULL,           -- field of the filter → what it lets through
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, nom)
);
