"""Which establishment of the register a dossier is about, and its dossiers over the years and the calls."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

import duckdb

from clact_model.programme import Programme

Link = Literal["etablissement", "entite"]

IDENTIFIED = """
    par_siret AS (
        SELECT siret, min(finess) AS finess FROM etablissement
        WHERE siret IS NOT NULL AND ouvert IS DISTINCT FROM false GROUP BY siret HAVING count(*) = 1),
    entite AS (
        SELECT finess FROM entite_juridique
        UNION SELECT finess_juridique FROM etablissement WHERE finess_juridique IS NOT NULL),
    identifie AS (
        SELECT d.*, coalesce(f.finess, s.finess) AS et,
               CASE WHEN f.finess IS NOT NULL THEN 'finess' WHEN s.finess IS NOT NULL THEN 'siret' END AS certitude,
               f.finess IS NULL AND d.finess IN (SELECT finess FROM entite) AS est_entite
        FROM dossier d
        LEFT JOIN etablissement f ON f.finess = d.finess
        LEFT JOIN par_siret s ON s.siret = d.siret)"""
"""Common table expressions: ``identifie`` holds every dossier with its establishment ``et`` (by its FINESS, else by its
SIRET when that is the SIRET of one open establishment only), how surely, and whether its FINESS is that of an entity."""


@dataclass(frozen=True, slots=True)
class OtherDossier:
    """Another dossier of the same establishment (``lien``), or of another one of its legal entity."""

    programme: str
    numero: str
    raison_sociale: str | None
    date_depot: datetime | None
    demande: Decimal | None
    """EUR, the amounts that are known."""
    etat: str | None
    lien: Link


def same_establishment(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> list[OtherDossier]:
    """The other dossiers of the establishment, then of its legal entity, in every call of the base, the newest first.

    The same FINESS, or the same SIRET, or the same establishment of the register.
    """
    rows = cursor.execute(
        f"""WITH {IDENTIFIED},
            cle AS (
                SELECT i.*, coalesce(i.et, CASE WHEN NOT i.est_entite THEN i.finess END) AS site,
                       coalesce(e.finess_juridique, i.finess_juridique, CASE WHEN i.est_entite THEN i.finess END) AS ej
                FROM identifie i LEFT JOIN etablissement e ON e.finess = i.et),
            moi AS (SELECT * FROM cle WHERE programme = $programme AND numero = $numero),
            autre AS (
                SELECT c.programme, c.numero, c.raison_sociale, c.date_depot, c.etat,
                       coalesce(c.site = m.site, false) OR coalesce(c.siret = m.siret, false)
                           OR coalesce(c.finess = m.finess, false) AS meme
                FROM cle c, moi m
                WHERE (c.programme, c.numero) <> (m.programme, m.numero)
                  AND (c.site = m.site OR c.siret = m.siret OR c.finess = m.finess OR c.ej = m.ej))
            SELECT programme, numero, raison_sociale, date_depot,
                   (SELECT sum(montant_demande)::DECIMAL(18, 2) FROM action a
                    WHERE a.programme = autre.programme AND a.numero = autre.numero),
                   etat, CASE WHEN meme THEN 'etablissement' ELSE 'entite' END
            FROM autre ORDER BY meme DESC, date_depot DESC NULLS LAST, programme, numero""",
        {"programme": programme.id, "numero": numero},
    ).fetchall()
    return [OtherDossier(*row) for row in rows]
