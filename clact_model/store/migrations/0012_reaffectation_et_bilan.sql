-- What the committee may grant beyond its envelope: money that came back and was given again, and what is given again before
-- it has come back (over-programming).
ALTER TABLE comite ADD COLUMN reaffecte DECIMAL(14, 2) DEFAULT 0;
ALTER TABLE comite ADD COLUMN surprogramme DECIMAL(14, 2) DEFAULT 0;
-- What a dossier promised to change, and what was measured: one row an indicator.
CREATE TABLE indicateur (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    nom VARCHAR NOT NULL,
    unite VARCHAR,
    annee_reference INTEGER,
    valeur_reference DECIMAL(18, 4),
    cible DECIMAL(18, 4),
    sens VARCHAR,                    -- hausse, baisse: the way in which it gets better
    valeur_12 DECIMAL(18, 4),
    mesure_12 DATE,
    valeur_24 DECIMAL(18, 4),
    mesure_24 DATE,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, nom)
);
-- Accidents, absence and turnover of an applicant in a year, whether it was funded or not.
CREATE TABLE mesure_annuelle (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    annee INTEGER NOT NULL,
    effectif_total BIGINT,
    taux_absenteisme DECIMAL(9, 6),  -- shares 0..1
    taux_turnover DECIMAL(9, 6),
    nb_at_mp BIGINT,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, annee)
);
