"""What a programme file must hold beyond its keys: names that exist, quotes that are in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clact_model import fields
from clact_model.programme import vocabulary
from clact_model.programme.aid import RATE, CommonRate
from clact_model.programme.compiling import Compiler, uses
from clact_model.programme.parts import Quote
from clact_model.programme.programme import Compiled
from clact_model.programme.schema import ProgrammeFile

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
"""``{champ}`` in a message."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in what part of the file (« règle « ge-rib » », empty for the whole of it).

    ``line``: of the text, from 1, where it is known.
    """

    place: str
    what: str
    line: int | None = None


def extended_dictionary(file: ProgrammeFile) -> fields.Dictionary:
    """The shared dictionary with the fields, axes and themes of the programme."""
    declared = tuple(
        fields.Field(
            table=c.table,
            champ=c.champ,
            libelle=c.libelle,
            type=c.type,
            unite=c.unite,
            valeurs=tuple(fields.Value(v.code, v.libelle) for v in c.valeurs),
            obligatoire=c.obligatoire,
            synonymes=c.synonymes,
            sens=c.sens,
            declared=True,
        )
        for c in file.champ
    )
    lists = {
        "axe": tuple(fields.Value(a.code, a.libelle) for a in file.axe),
        "thematique": tuple(fields.Value(t.code, t.libelle) for t in file.thematique),
    }
    return fields.dictionary().extended(declared).with_values(lists)


def check(file: ProgrammeFile, sources: Path) -> tuple[Compiled, list[Fault]]:
    """Compile every expression; give what is compiled and all that is wrong."""
    dictionary = extended_dictionary(file)
    faults = [*_names(file, dictionary), *_quotes(file, sources)]
    expressions, wrong = Compiler(file, dictionary).compile_all(list(uses(file)))
    faults += [Fault(use.place, what) for use, what in wrong]
    faults += _messages(file, dictionary)
    return Compiled(dictionary, expressions), faults


def _names(file: ProgrammeFile, dictionary: fields.Dictionary) -> Iterator[Fault]:
    """Names that must be new, and names that must exist."""
    shared = fields.dictionary()
    for kind, names in {
        "règle": [r.id for r in file.regle],
        "critère": [c.id for c in file.critere],
        "axe": [a.code for a in file.axe],
        "thématique": [t.code for t in file.thematique],
        "champ": [c.champ for c in file.champ],
        "calcul": [c.nom for c in file.calcul],
    }.items():
        for name in sorted({n for n in names if names.count(n) > 1}):
            yield Fault(f"{kind} « {name} »", "ce nom est donné deux fois")
    taken = vocabulary.columns(shared, "action").keys() | set(fields.KEYS) | {"ligne", "programme", "assiette"}
    for place, name in [(f"champ « {c.champ} »", c.champ) for c in file.champ] + [
        (f"calcul « {c.nom} »", c.nom) for c in file.calcul
    ]:
        if name in taken or (place.startswith("calcul") and name in {c.champ for c in file.champ}):
            yield Fault(place, "ce nom est déjà celui d'une colonne")
    axes, rules = {a.code for a in file.axe}, {r.id for r in file.regle}
    stakes = {v.code for v in shared.get("action", "enjeu_has").valeurs}
    for theme in file.thematique:
        if theme.axe is not None and theme.axe not in axes:
            yield Fault(f"thématique « {theme.code} »", f"l'axe « {theme.axe} » n'existe pas")
        if theme.enjeu_has is not None and theme.enjeu_has not in stakes:
            yield Fault(f"thématique « {theme.code} »", f"l'enjeu « {theme.enjeu_has} » n'est pas de la boussole HAS")
    known = {f.champ for f in dictionary}
    for piece in file.piece:
        if piece.champ not in known:
            yield Fault(f"pièce « {piece.champ} »", "ce champ n'existe pas")
        for rule in piece.regles:
            if rule not in rules:
                yield Fault(f"pièce « {piece.champ} »", f"la règle « {rule} » n'existe pas")
    for amount in (*file.aide.assiette, *file.aide.plafond):
        if amount.regle is not None and amount.regle not in rules:
            yield Fault("aide", f"la règle « {amount.regle} » n'existe pas")
    if [i for i, amount in enumerate(file.aide.assiette) if amount.si is None] != [len(file.aide.assiette) - 1]:
        yield Fault("aide", "la dernière assiette, et elle seule, vaut sans « si »")
    if file.aide.taux_commun is not None:
        yield from _rate(file, file.aide.taux_commun)
    yield from _follow_up(file)
    for code in file.departements:
        if not re.fullmatch(r"\d\d|2[AB]|97\d|98\d", code):
            yield Fault("départements", f"« {code} » n'est pas un code de département")
    for sector in file.secteurs:
        if sector not in {v.code for v in shared.get("dossier", "secteur").valeurs}:
            yield Fault("secteurs", f"« {sector} » n'est pas un secteur")


def _rate(file: ProgrammeFile, rate: CommonRate) -> Iterator[Fault]:
    parameter = file.parametres.get(rate.parametre)
    if parameter is None or parameter.type != "part":
        yield Fault("aide", f"le taux commun « {rate.parametre} » n'est pas un paramètre de type « part »")
    elif file.rate_ceiling is None:
        written = RATE.format(rate.parametre)
        yield Fault("aide", f"le taux commun demande un plafond sans « si », écrit « {written} »")


def _follow_up(file: ProgrammeFile) -> Iterator[Fault]:
    """Days that are a parameter's, and reports that a payment waits for."""
    for deadline in file.controle.echeance:
        parameter = file.parametres.get(deadline.parameter or "")
        if deadline.parameter and (parameter is None or parameter.type != "date"):
            yield Fault("contrôle", f"le paramètre « {deadline.parameter} » n'existe pas ou n'est pas une date")
    waits = any(instalment.a == "bilan" for instalment in (file.paiement.tranches if file.paiement else ()))
    if waits and file.controle.deadline("bilan") is None:
        yield Fault(
            "paiement", "une tranche attend un bilan, mais aucune échéance « bilan » du contrôle n'en donne le jour"
        )


def _messages(file: ProgrammeFile, dictionary: fields.Dictionary) -> Iterator[Fault]:
    for rule in file.regle:
        known = vocabulary.columns(dictionary, rule.niveau).keys() | file.parametres.keys() | {"assiette"}
        for message in (rule.message, *(case.message for case in rule.cas)):
            for name in PLACEHOLDER.findall(message or ""):
                if name not in known:
                    yield Fault(f"règle « {rule.id} »", f"le message nomme « {{{name}}} », qui n'existe pas")


def one_space(text: str) -> str:
    """A text as it is compared: every run of white space is one space."""
    return " ".join(text.split())


def quotes(file: ProgrammeFile) -> Iterator[tuple[str, Quote]]:
    """Every quote of the file, with the part that it stands behind."""
    parts: list[tuple[str, tuple[Quote, ...]]] = [("enveloppe", file.enveloppe_citation), ("aide", file.aide.citation)]
    parts += [(f"paramètre « {name} »", p.citation) for name, p in file.parametres.items()]
    parts += [(f"règle « {r.id} »", r.citation) for r in file.regle]
    parts += [(f"critère « {c.id} »", c.citation) for c in file.critere]
    parts += [(f"calendrier « {c.etape} »", c.citation) for c in file.calendrier]
    parts += [(f"suivi « {s.libelle} »", s.citation) for s in file.suivi]
    parts += [("ambiguïté", a.citations) for a in file.ambiguite]
    parts += [("priorité", file.priorite.citation)] if file.priorite else []
    parts += [("aide", file.aide.taux_commun.citation)] if file.aide.taux_commun else []
    parts += [("supplément", file.supplement.citation)] if file.supplement else []
    parts += [("paiement", file.paiement.citation)] if file.paiement else []
    parts += [("contrôle", part.citation) for part in file.controle.parts]
    for place, group in parts:
        for quote in group:
            yield place, quote


def _quotes(file: ProgrammeFile, folder: Path) -> Iterator[Fault]:
    texts: dict[str, str] = {}
    for source in file.source:
        path = folder / Path(source.fichier).name
        if path.is_file():
            texts[source.fichier] = one_space(path.read_text(encoding="utf-8"))
        else:
            yield Fault(f"source « {source.fichier} »", f"le texte n'est pas dans {folder.name}/")
    declared = {source.fichier for source in file.source}
    for place, quote in quotes(file):
        if quote.source not in declared:
            yield Fault(place, f"la source « {quote.source} » n'est pas déclarée")
        elif quote.source in texts and one_space(quote.texte) not in texts[quote.source]:
            yield Fault(place, f"la citation « {quote.texte} » n'est pas dans {quote.source}")
