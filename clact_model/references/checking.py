"""What the dossiers of a call say otherwise than the register."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from clact_model.intake.values.finess import has_key
from clact_model.programme import Programme
from clact_model.references.identity import IDENTIFIED
from clact_model.references.names import is_no_group, look_alike

Kind = Literal["inconnu", "cle", "entite", "ferme", "nom", "valeur"]
Certainty = Literal["finess", "siret", "entite"]

KINDS: Mapping[Kind, str] = {
    "inconnu": "N° FINESS absent du référentiel",
    "cle": "Clé du N° FINESS fausse",
    "entite": "Entité juridique au lieu d'un établissement",
    "ferme": "Établissement fermé",
    "nom": "Nom différent",
    "valeur": "Autre valeur",
}
CERTAINTIES: Mapping[Certainty | None, str] = {
    "finess": "son FINESS",
    "siret": "son SIRET",
    "entite": "son entité juridique",
    None: "non trouvé",
}
"""By what the establishment of a dossier was found."""
_NAMED = 5
COMPARED = ("siret", "departement", "statut", "secteur", "finess_juridique")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one dossier. Codes as they are stored; unknown is None."""

    numero: str
    raison_sociale: str | None
    champ: str
    genre: Kind
    dossier: str | None
    referentiel: str | None
    """What the register says."""
    certitude: Certainty | None
    phrase: str = ""
    """What a person should know beyond the two values, in French."""


Row = Mapping[str, Any]


def check(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[Difference]:
    """The differences, dossier by dossier in the order of the base; none when no register is loaded."""
    known = cursor.execute(
        "SELECT (SELECT count(*) FROM etablissement) > 0, (SELECT count(ght) FROM entite_juridique) > 0"
    ).fetchone()
    sites, groups = known or (False, False)
    if not sites and not groups:
        return []
    return [found for row in rows(cursor, programme) for found in _of(row, bool(sites), bool(groups))]


def rows(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[dict[str, Any]]:
    """Each dossier beside its establishment: its own fields, and those of the register as ``r_…``.

    An entity that is known without its establishment gives what is true of all its sites; ``sites`` names them.
    """
    cursor.execute(
        f"""WITH {IDENTIFIED}
            SELECT i.numero, i.ordre, i.raison_sociale, i.finess, i.siret, i.departement, i.statut, i.secteur, i.ght,
                   i.finess_juridique, i.est_entite,
                   coalesce(i.certitude, CASE WHEN l.finess IS NOT NULL THEN 'entite' END) AS certitude,
                   e.finess AS r_finess, e.siret AS r_siret, e.raison_sociale AS r_raison_sociale,
                   e.departement AS r_departement, coalesce(e.statut, j.statut, l.statut) AS r_statut,
                   e.secteur AS r_secteur, coalesce(e.finess_juridique, CASE WHEN i.est_entite THEN i.finess END) AS r_finess_juridique,
                   coalesce(j.ght, k.ght, l.ght) AS r_ght, e.ouvert AS r_ouvert, e.ferme_le AS r_ferme_le,
                   coalesce(e.reference, l.reference) AS r_reference,
                   coalesce(j.reference, k.reference, l.reference) AS r_reference_ght,
                   (SELECT list(x.finess || coalesce(' ' || x.raison_sociale, '') ORDER BY x.finess)
                    FROM etablissement x
                    WHERE x.finess_juridique = l.finess AND x.ouvert IS DISTINCT FROM false) AS sites
            FROM identifie i
            LEFT JOIN etablissement e ON e.finess = i.et
            LEFT JOIN entite_juridique j ON j.finess = e.finess_juridique
            LEFT JOIN entite_juridique k ON k.finess = e.finess
            LEFT JOIN entite_juridique l ON l.finess = CASE WHEN i.est_entite OR i.finess_juridique IS NULL
                                                            THEN i.finess ELSE i.finess_juridique END
            WHERE i.programme = ? ORDER BY i.ordre""",
        [programme.id],
    )
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _of(row: Row, sites: bool, groups: bool) -> Iterator[Difference]:
    if sites:
        yield from _number(row)
    if row["r_ouvert"] is False:
        since = f" depuis le {row['r_ferme_le']:%d/%m/%Y}" if row["r_ferme_le"] else ""
        sentence = f"Le référentiel dit cet établissement fermé{since}."
        yield _found(row, "finess", "ferme", row["finess"] or row["r_finess"], None, sentence)
    name, known = row["raison_sociale"], row["r_raison_sociale"]
    if name and known and not look_alike(name, known):
        yield _found(row, "raison_sociale", "nom", name, known)
    for champ in COMPARED:
        if row[champ] is not None and row[f"r_{champ}"] is not None and row[champ] != row[f"r_{champ}"]:
            yield _found(row, champ, "valeur", row[champ], row[f"r_{champ}"])
    if groups:
        yield from _group(row)


def _number(row: Row) -> Iterator[Difference]:
    number = row["finess"]
    if row["est_entite"] or (number is None and row["certitude"] == "entite"):
        yield _found(row, "finess", "entite", number, row["r_finess"], _sites(row["sites"] or []))
    elif number is not None and row["certitude"] != "finess":
        sentence = "" if has_key(number) else "Sa clé est fausse : un chiffre est sans doute mal saisi."
        yield _found(row, "finess", "inconnu" if has_key(number) else "cle", number, row["r_finess"], sentence)


def _sites(sites: list[str]) -> str:
    if not sites:
        return "Le dossier ne nomme que l'entité juridique, dont aucun établissement n'est connu."
    more = f" et {len(sites) - _NAMED} autres" if len(sites) > _NAMED else ""
    kind = "son établissement" if len(sites) == 1 else "ses établissements"
    return f"Le dossier ne nomme que l'entité juridique ; {kind} : {', '.join(sites[:_NAMED])}{more}."


def _group(row: Row) -> Iterator[Difference]:
    own, known = row["ght"], row["r_ght"]
    if not own or (known is None and is_no_group(own)):
        return
    if known is None and row["certitude"]:
        yield _found(row, "ght", "valeur", own, None, "Le référentiel ne rattache cet établissement à aucun GHT.")
    elif known is not None and (is_no_group(own) or not look_alike(own, known)):
        yield _found(row, "ght", "valeur", own, known)


def _found(row: Row, champ: str, genre: Kind, own: str | None, known: str | None, phrase: str = "") -> Difference:
    return Difference(row["numero"], row["raison_sociale"], champ, genre, own, known, row["certitude"], phrase)
