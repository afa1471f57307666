-- What the committee decides with: one line a programme. It is there once a scenario was adopted.
CREATE TABLE comite (
    programme VARCHAR PRIMARY KEY,
    version BIGINT NOT NULL,         -- goes up with each write on the selection: a screen that is behind is known by it
    unite VARCHAR NOT NULL,          -- dossier, action
    enveloppe DECIMAL(14, 2) NOT NULL,
    reserve DECIMAL(14, 2) NOT NULL,
    enveloppe_supplement DECIMAL(14, 2),  -- the second envelope, on top; empty where the call has none
    reglages JSON NOT NULL,          -- settings, weights and parameters of what was adopted, as scenario.reglages
    aujourdhui DATE NOT NULL,
    version_programme VARCHAR NOT NULL,
    version_donnees BIGINT NOT NULL,
    scenario VARCHAR,                -- empty: a simulation that was not saved
    adopte_par VARCHAR NOT NULL,
    adopte_le TIMESTAMPTZ NOT NULL,
    comite_le DATE,                  -- the last day on which decisions were taken
    verrouille_par VARCHAR,
    verrouille_le TIMESTAMPTZ,
    motif_verrou VARCHAR
);
CREATE TABLE decision (
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    ligne INTEGER NOT NULL,          -- 0: the dossier itself
    ordre INTEGER NOT NULL,
    statut VARCHAR NOT NULL,         -- propose, retenu, liste_attente, refuse, notifie
    issue VARCHAR NOT NULL,          -- what is proposed, decided or notified: retenu, liste_attente, refuse
    accorde DECIMAL(14, 2) NOT NULL,
    supplement DECIMAL(14, 2) NOT NULL,
    demande DECIMAL(14, 2) NOT NULL,
    aide_maximale DECIMAL(14, 2),
    derogation BOOLEAN NOT NULL,     -- above the aide maximale, by a person's word
    conditionnel BOOLEAN NOT NULL,   -- the instruction was not over
    motif VARCHAR NOT NULL,
    rang INTEGER,
    position INTEGER,
    score DECIMAL(9, 4),
    agents BIGINT,
    scenario VARCHAR,                -- where it comes from; empty: a simulation that was not saved
    version_programme VARCHAR NOT NULL,
    version_donnees BIGINT NOT NULL, -- those that it was last judged on
    decide_le DATE,                  -- the committee's day
    notifie_le DATE,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (programme, numero, ligne)
);
-- What was counted when decisions were last written: compared with the tables at start.
CREATE TABLE controle_decision (
    programme VARCHAR PRIMARY KEY,
    decisions BIGINT NOT NULL,
    accorde DECIMAL(18, 2) NOT NULL,
    supplement DECIMAL(18, 2) NOT NULL,
    empreinte VARCHAR NOT NULL
);
