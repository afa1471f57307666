-- The ledger of the follow-up: lines are added, never changed nor taken away. A correction is a line that reverses another.
CREATE TABLE mouvement (
    id BIGINT PRIMARY KEY,           -- the order in which lines were written
    programme VARCHAR NOT NULL,
    numero VARCHAR NOT NULL,
    poste VARCHAR NOT NULL,          -- aide, supplement: two grants, two accounts
    ligne INTEGER,                   -- the action it speaks of; empty: the whole account
    nature VARCHAR NOT NULL,         -- octroi, convention, tranche, versement… : clact_model/ledger/natures.py
    jour DATE NOT NULL,              -- the day from which it counts
    montant DECIMAL(14, 2),          -- EUR; negative: a credit note, or what takes back an amount; empty: an event without money
    tranche INTEGER,
    echeance DATE,                   -- the day until which something is due
    reference VARCHAR,               -- number of the convention, of the invoice, of the payment; year of the report
    sur BIGINT,                      -- the line that it answers
    contrepasse BIGINT,              -- the line that it reverses: same nature, opposite amount
    motif VARCHAR,
    details JSON,
    operation VARCHAR NOT NULL,
    auteur VARCHAR NOT NULL,
    quand TIMESTAMPTZ NOT NULL
);
-- What the lines of a programme add up to, kept with each write and compared at start.
CREATE TABLE controle_suivi (
    programme VARCHAR PRIMARY KEY,
    mouvements BIGINT NOT NULL,
    montant DECIMAL(18, 2) NOT NULL,
    empreinte VARCHAR NOT NULL
);
-- What was notified before there was a ledger.
INSERT INTO mouvement
SELECT row_number() OVER (ORDER BY notifie_le, programme, ordre, numero, ligne, poste), programme, numero, poste, nullif(ligne, 0),
       'octroi', notifie_le, montant, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'migration-0010', auteur, quand
FROM (SELECT *, unnest(['aide', 'supplement']) AS poste, unnest([accorde, supplement]) AS montant FROM decision
      WHERE statut = 'notifie' AND issue = 'retenu')
WHERE montant > 0;
INSERT INTO controle_suivi
SELECT programme, count(*), sum(montant), bit_xor(md5_number(mouvement::VARCHAR))::VARCHAR FROM mouvement GROUP BY programme;
